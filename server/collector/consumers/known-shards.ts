import type { StreamCandidate } from '#lib/domain/consumers/bind-table.ts';
import { type ShardSurvey, surveyShards } from '#lib/domain/consumers/shard-survey.ts';
import { parseHashKey } from '#lib/domain/hash-key.ts';
import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import type { Shard } from '#lib/domain/shard.ts';
import { parseStreamArn } from '#lib/domain/stream-arn.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import type { Database } from '#server/db/client.ts';
import { readTopologies, type StoredTopology } from '#server/db/read/topologies.ts';
import type { StoredShard } from '#server/db/schema.ts';

type Known = {
  readonly topology: StoredTopology;
  readonly shards: readonly Shard[];
  survey: ShardSurvey | null;
};

/** The shards of streams, open and closed, of the topologies that are in force: each is read from the store once. */
export type KnownShards = {
  /** Streams of which shards are known, as leases may be of them. */
  candidates(streams: readonly TrackedStream[]): Promise<readonly StreamCandidate[]>;
  /** null where no shards are known of it yet. */
  surveyOf(stream: TrackedStream): Promise<ShardSurvey | null>;
};

export function openKnownShards(database: Database): KnownShards {
  const known = new Map<number, Known>();

  async function load(streams: readonly TrackedStream[]): Promise<void> {
    const wanted = streams.flatMap((stream) => stream.topologies.at(-1)?.topologyId ?? []);
    const missing = wanted.filter((id) => !known.has(id));
    const present = new Set(wanted);
    // What was in force before is not asked for again.
    if (streams.length > 1) {
      for (const id of known.keys()) if (!present.has(id)) known.delete(id);
    }
    for (const topology of await readTopologies(database, missing)) {
      const shards = topology.shards.flatMap((shard) => toShard(shard) ?? []);
      known.set(topology.topologyId, { topology, shards, survey: null });
    }
  }

  const knownOf = (stream: TrackedStream) => known.get(stream.topologies.at(-1)?.topologyId ?? -1);

  return {
    async candidates(streams) {
      await load(streams);
      return streams.flatMap((stream) => {
        const shards = knownOf(stream)?.shards;
        const { streamName, streamArn, createdAtMs } = stream.summary;
        const accountId = parseStreamArn(streamArn)?.accountId;
        if (shards === undefined || accountId === undefined) return [];
        return {
          streamId: stream.streamId,
          streamName,
          accountId,
          createdAtMs,
          shards: new Map(shards.map((shard) => [shard.shardId, shard])),
        };
      });
    },

    async surveyOf(stream) {
      await load([stream]);
      const found = knownOf(stream);
      if (found === undefined) return null;
      const listedMs = stream.shardsListedAtMs || found.topology.observedAtMs;
      found.survey ??= surveyShards(found.shards, listedMs);
      return { ...found.survey, listedMs };
    },
  };
}

/** @returns null for what ListShards never tells: it was checked before it was stored */
function toShard(stored: StoredShard): Shard | null {
  const start = parseHashKey(stored.startingHashKey);
  const end = parseHashKey(stored.endingHashKey);
  const startingSequenceNumber = parseSequenceNumber(stored.startingSequenceNumber);
  if (start === null || end === null || startingSequenceNumber === null) return null;
  const { shardId, parentShardId, adjacentParentShardId, endingSequenceNumber } = stored;
  return {
    shardId,
    range: { start, end },
    parentShardId,
    adjacentParentShardId,
    startingSequenceNumber,
    endingSequenceNumber:
      endingSequenceNumber === null ? null : parseSequenceNumber(endingSequenceNumber),
  };
}
