import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { undecidedShards } from '#lib/domain/consumers/probe.ts';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import type { ConsumerCollection } from './consumer-collection.ts';
import type { FollowedApplication } from './followed-application.ts';

/** One record a second at most, over all streams of a connection. */
const PROBE_EVERY_MS = 1_000;

/** The same shard is read this often at most, for whatever applications: five reads a second are all that it has. */
const SAME_SHARD_MS = 30_000;

/** Nobody may read records, or the account is read too often: much later again. */
const REFUSED_MS = 10 * 60_000;

type Question = {
  readonly application: FollowedApplication;
  readonly stream: TrackedStream;
  readonly shardId: ShardId;
  readonly sequenceNumber: SequenceNumber;
};

/**
 * Reads one record of one shard of which nothing else tells whether its reader is behind, and remembers what it says for
 * the next reading of the application. Only where the connection allows for probes, and only of streams that somebody
 * looks at.
 * @returns milliseconds until the next
 */
export async function probeTurn(
  consumers: ConsumerCollection,
  signal: AbortSignal,
): Promise<number> {
  const { collection } = consumers;
  const nowMs = performance.now();
  const question = questionsOf(consumers).find(
    ({ stream, shardId }) =>
      (consumers.probedAtMs.get(`${stream.streamId}/${shardId}`) ?? Number.NEGATIVE_INFINITY) <=
      nowMs - SAME_SHARD_MS,
  );
  if (question === undefined) return PROBE_EVERY_MS;
  const { application, stream, shardId, sequenceNumber } = question;
  consumers.probedAtMs.set(`${stream.streamId}/${shardId}`, nowMs);
  const atMs = collection.nowMs();
  try {
    const place = { streamArn: stream.summary.streamArn, shardId, after: sequenceNumber };
    const found = await collection.aws.consumers.probeShard(place, signal);
    if (found.kind !== 'inconclusive') {
      const unreadSinceMs = found.kind === 'unread' ? found.arrivedMs : null;
      application.probes.set(shardId, { sequenceNumber, atMs, unreadSinceMs });
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AwsFailure)) throw error;
    // A place that is past retention, or a shard that is gone: the next reading of the leases tells.
    if (error.kind === 'invalid-request' || error.kind === 'not-found') return PROBE_EVERY_MS;
    collection.log.warn({ shardId, cause: error.message }, 'a shard could not be probed');
    return REFUSED_MS;
  }
  return PROBE_EVERY_MS;
}

function questionsOf({
  applications,
  collection,
  thresholds,
}: ConsumerCollection): readonly Question[] {
  return [...applications.values()].flatMap((application) => {
    const { track, health, streamId } = application;
    const stream = collection.streams.get(streamId);
    if (track === null || health === null || stream?.watched !== true) return [];
    return undecidedShards(health.leases, track, thresholds.allowedLagMs).map((shard) => ({
      application,
      stream,
      ...shard,
    }));
  });
}
