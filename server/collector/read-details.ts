import { topologiesSince } from '#lib/domain/align-frames.ts';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { periodStart } from '#lib/domain/roll-up.ts';
import type { Shard } from '#lib/domain/shard.ts';
import type { StreamSummary } from '#lib/domain/stream.ts';
import { isSameStream } from '#lib/domain/stream-listing.ts';
import { openShards } from '#lib/domain/topology.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { markStreamsGone } from '#server/db/mark-streams-gone.ts';
import { type RecordedTopology, recordTopology } from '#server/db/record-topology.ts';
import { upsertStream } from '#server/db/upsert-stream.ts';
import type { Collection } from './collection.ts';
import { awsFailureOf } from './failure.ts';
import { type TrackedStream, trackStream } from './tracked-stream.ts';

/**
 * Describes a stream, lists its shards, and writes down what is new.
 * @throws AwsFailure. Where nothing but ListShards failed, a stream of which no shards are known is written
 * down before: that it is there, people shall see, with the cause.
 */
export async function readDetails(
  collection: Collection,
  streamName: string,
  signal: AbortSignal,
): Promise<TrackedStream> {
  const { aws, connection, streams } = collection;
  const summary = await aws.describeStream(streamName, signal);
  const askedAtMs = collection.nowMs();
  const listed = hasShards(summary) ? await listShards(aws, streamName, signal) : null;
  const shardsFailure = listed instanceof AwsFailure ? listed : null;
  const shards = listed instanceof AwsFailure ? null : listed;

  const namesake = [...streams.values()].find((s) => s.summary.streamName === streamName);
  const former =
    namesake !== undefined && !isSameStream(namesake.summary, summary) ? namesake : null;
  const known = former === null ? namesake : undefined;
  // Gone meanwhile, or shown with the shards that it had: there is nothing to write down.
  if (shardsFailure !== null) {
    const hadShards = known !== undefined && known.topologies.length > 0;
    if (hadShards || shardsFailure.kind === 'not-found') throw shardsFailure;
  }

  const written = await collection.write(async (tx) => {
    if (former !== null) await markStreamsGone(tx, [former.streamId]);
    const streamId = await writeStream(tx, connection, summary, known);
    const topology =
      shards === null
        ? null
        : await recordTopology(tx, streamId, shards, {
            nowMs: collection.nowMs(),
            periodSeconds: connection.metrics.periodSeconds,
          });
    return { streamId, topology };
  });

  if (former !== null) streams.delete(former.streamId);
  const tracked =
    known ?? trackStream(written.streamId, summary, connection.cadence.unwatchedSeconds);
  tracked.summary = summary;
  if (shards !== null && written.topology !== null) {
    noteShards(collection, tracked, shards, written.topology, askedAtMs);
  }
  streams.set(tracked.streamId, tracked);
  if (shardsFailure !== null) throw shardsFailure;
  return tracked;
}

async function listShards(
  aws: Aws,
  streamName: string,
  signal: AbortSignal,
): Promise<readonly Shard[] | AwsFailure> {
  try {
    return await aws.listShards(streamName, signal);
  } catch (error) {
    signal.throwIfAborted();
    return awsFailureOf(error);
  }
}

/** A stream that is being made has none yet, and one that is being deleted tells none. */
function hasShards(summary: StreamSummary): boolean {
  return summary.status === 'ACTIVE' || summary.status === 'UPDATING';
}

/** Written only where something is new: most descriptions repeat the last one. */
async function writeStream(
  tx: Transaction,
  connection: Connection,
  summary: StreamSummary,
  known: TrackedStream | undefined,
): Promise<number> {
  if (known !== undefined && JSON.stringify(known.summary) === JSON.stringify(summary)) {
    return known.streamId;
  }
  return upsertStream(tx, connection.name, summary, connection.cadence.unwatchedSeconds);
}

function noteShards(
  { connection, tiers }: Collection,
  stream: TrackedStream,
  shards: readonly Shard[],
  recorded: RecordedTopology,
  askedAtMs: number,
): void {
  const before = stream.topologies.at(-1);
  if (before?.topologyId !== recorded.topologyId) {
    const made = {
      topologyId: recorded.topologyId,
      observedAtMs: recorded.observedAtMs,
      openShardIds: openShards(shards).map(({ shardId }) => shardId),
    };
    // Of what is older than the finest frames, no figures are read by shard any more.
    const keptSinceMs = askedAtMs - (tiers[0]?.keepMs ?? 0);
    stream.topologies = topologiesSince([...stream.topologies, made], keptSinceMs);
    // Since the last look there may have been shards that nobody asked for: what was read is read again.
    if (before !== undefined && stream.readThroughMs !== null) {
      stream.readThroughMs = Math.min(
        stream.readThroughMs,
        periodStart(stream.shardsListedAtMs, connection.metrics.periodSeconds),
      );
    }
  }
  stream.shardsListedAtMs = askedAtMs;
}
