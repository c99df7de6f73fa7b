import { warmThroughputFault } from '#lib/domain/stream-rules.ts';
import { ServiceError } from '#server/services/service-error.ts';
import {
  type AdminContext,
  type ChangeOutcome,
  changeStream,
  SINCE_YOU_LOOKED,
  type StreamTarget,
} from './change-stream.ts';

/**
 * What an on-demand stream is kept ready to take at once, MiB/s. `seenMiBps` is what it was to be when somebody
 * looked; null: none. Kinesis refuses it where the account has not committed to a minimum of throughput.
 */
export async function changeWarmThroughput(args: {
  ctx: AdminContext;
  input: StreamTarget & { readonly seenMiBps: number | null; readonly mibps: number };
}): Promise<ChangeOutcome> {
  const { seenMiBps, mibps } = args.input;
  const fault = mibps === seenMiBps ? 'It is that already.' : warmThroughputFault(mibps);
  if (fault !== null) {
    throw new ServiceError('invalid', `The warm throughput was not changed. ${fault}`);
  }
  return changeStream(args.ctx, args.input, {
    what: 'the warm throughput',
    read: async (_aws, described) => described.warmThroughput?.targetMiBps ?? null,
    contradiction: (now) =>
      now === seenMiBps
        ? null
        : `the warm throughput has become ${now === null ? 'none' : `${now} MiB/s`} ${SINCE_YOU_LOOKED}`,
    send: (changes, streamArn, _now, signal) =>
      changes.changeWarmThroughput(streamArn, mibps, signal),
    isDone: (now) => now === mibps,
  });
}
