import type { StreamMode } from '#lib/domain/stream.ts';
import { ServiceError } from '#server/services/service-error.ts';
import {
  type AdminContext,
  type ChangeOutcome,
  changeStream,
  SINCE_YOU_LOOKED,
  type StreamTarget,
} from './change-stream.ts';

/** Switches between provisioned and on-demand; its shards stay. AWS allows a stream two switches in 24 hours. */
export async function changeMode(args: {
  ctx: AdminContext;
  input: StreamTarget & { readonly seenMode: StreamMode; readonly mode: StreamMode };
}): Promise<ChangeOutcome> {
  const { seenMode, mode } = args.input;
  if (mode === seenMode) {
    throw new ServiceError('invalid', 'The mode was not changed. It is that already.');
  }
  return changeStream(args.ctx, args.input, {
    what: 'the capacity mode',
    read: async (_aws, described) => described.mode,
    contradiction: (now) =>
      now === seenMode ? null : `the capacity mode has become ${now} ${SINCE_YOU_LOOKED}`,
    send: (changes, streamArn, _now, signal) => changes.changeMode(streamArn, mode, signal),
    isDone: (now) => now === mode,
  });
}
