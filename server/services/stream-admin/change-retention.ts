import { retentionFault } from '#lib/domain/stream-rules.ts';
import { ServiceError } from '#server/services/service-error.ts';
import {
  type AdminContext,
  type ChangeOutcome,
  changeStream,
  SINCE_YOU_LOOKED,
  type StreamTarget,
} from './change-stream.ts';

/** Lengthens or shortens how long records are kept, in hours. What is older than a shorter one is lost. */
export async function changeRetention(args: {
  ctx: AdminContext;
  input: StreamTarget & { readonly seenHours: number; readonly hours: number };
}): Promise<ChangeOutcome> {
  const { seenHours, hours } = args.input;
  const fault = hours === seenHours ? 'It is that already.' : retentionFault(hours);
  if (fault !== null) throw new ServiceError('invalid', `Retention was not changed. ${fault}`);
  return changeStream(args.ctx, args.input, {
    what: 'the retention period',
    read: async (_aws, described) => described.retentionHours,
    contradiction: (now) =>
      now === seenHours ? null : `the retention period has become ${now} h ${SINCE_YOU_LOOKED}`,
    send: (changes, streamArn, now, signal) =>
      changes.changeRetention(streamArn, { now, wanted: hours }, signal),
    isDone: (now) => now === hours,
  });
}
