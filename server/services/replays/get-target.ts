import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import { refusalView, warningView } from '#lib/replay/finding-words.ts';
import type { TargetView } from '#lib/replay/view/target.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { lookAtTarget } from './look-at-target.ts';
import { sumOfKnown } from './progress-view.ts';
import { readTargetConsumers } from './target-consumers.ts';

/**
 * A stream as a replay would write to it: its shards, what others write, and who will see the records.
 * @throws ServiceError `not-found`; AwsFailure
 */
export async function getTarget(args: {
  ctx: Pick<ServiceContext, 'database' | 'aws'>;
  input: {
    readonly connection: string;
    readonly streamName: string;
    /** Where the records come from, as far as that is decided. */
    readonly source: ArchiveSource | null;
    readonly sourceStreamArn: string | null;
  };
  signal: AbortSignal | undefined;
}): Promise<TargetView> {
  const { ctx, input } = args;
  const { database } = ctx;
  const signal = args.signal ?? new AbortController().signal;
  const reached = ctx.aws.get(input.connection);
  const look = await lookAtTarget(database, reached, { streamName: input.streamName }, signal);
  if (look === null) {
    throw new ServiceError(
      'not-found',
      `There is no stream ${input.streamName} on connection "${input.connection}". Choose another one, or create it.`,
    );
  }
  const [atMs, seen] = await Promise.all([
    readServerTimeMs(database),
    readTargetConsumers(database, reached, look, input.source, signal),
  ]);
  const { settings, live } = look;
  const shards = look.shards.map(({ shardId, range }) => ({
    shardId,
    start: String(range.start),
    end: String(range.end),
    live: live?.shards.get(shardId)?.rates ?? null,
  }));
  return {
    atMs,
    connection: input.connection,
    streamName: settings.streamName,
    streamArn: settings.streamArn,
    createdAtMs: settings.createdAtMs,
    status: settings.status,
    mode: settings.mode,
    recordBytesMax: settings.maxRecordKiB * 1_024,
    isByKey: !settings.spreadsByItself,
    isWritable: !reached.connection.readOnly,
    isSource: settings.streamArn === input.sourceStreamArn,
    shards,
    live: sumOfKnown(shards.map((shard) => shard.live)),
    liveOf:
      live === null
        ? null
        : {
            fromMs: live.fromMs,
            toMs: live.untilMs,
            source: 'CloudWatch’s IncomingBytes and IncomingRecords, less what replays wrote',
          },
    consumers: seen.consumers,
    consumersGap: seen.gap,
    refusals:
      settings.status === 'ACTIVE'
        ? []
        : [refusalView({ kind: 'target-not-active', status: settings.status }, [])],
    warnings: seen.isArchivedToSource ? [warningView({ kind: 'loop' }, [])] : [],
  };
}
