import { maxRecordFault } from '#lib/domain/stream-rules.ts';
import { ServiceError } from '#server/services/service-error.ts';
import {
  type AdminContext,
  type ChangeOutcome,
  changeStream,
  SINCE_YOU_LOOKED,
  type StreamTarget,
} from './change-stream.ts';

/** How large one record may be, in KiB. Records that are stored stay. */
export async function changeMaxRecordSize(args: {
  ctx: AdminContext;
  input: StreamTarget & { readonly seenKiB: number; readonly kib: number };
}): Promise<ChangeOutcome> {
  const { seenKiB, kib } = args.input;
  const fault = kib === seenKiB ? 'It is that already.' : maxRecordFault(kib);
  if (fault !== null) {
    throw new ServiceError('invalid', `The maximum record size was not changed. ${fault}`);
  }
  return changeStream(args.ctx, args.input, {
    what: 'the maximum record size',
    read: async (_aws, described) => described.maxRecordKiB,
    contradiction: (now) =>
      now === seenKiB ? null : `the maximum record size has become ${now} KiB ${SINCE_YOU_LOOKED}`,
    send: (changes, streamArn, _now, signal) => changes.changeMaxRecordSize(streamArn, kib, signal),
    isDone: (now) => now === kib,
  });
}
