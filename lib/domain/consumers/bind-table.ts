import type { HashRange } from '#lib/domain/hash-range.ts';
import { decodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { isOpen, type Shard, type ShardId, shardIndexOf } from '#lib/domain/shard.ts';
import type { Checkpoint } from './checkpoint.ts';

/** A stream that leases may be of. */
export type StreamCandidate = {
  readonly streamId: number;
  readonly streamName: string;
  readonly accountId: string;
  readonly createdAtMs: number;
  /** Open and closed ones, as ListShards told. */
  readonly shards: ReadonlyMap<ShardId, Shard>;
};

/** A lease as far as it tells which stream it is of. */
export type BindingLease = {
  readonly shardId: ShardId;
  readonly range: HashRange | null;
  readonly checkpoint: Checkpoint;
};

/**
 * How it is known which stream leases are of. `name`: they name it. `creation`: a checkpoint's sequence number carries
 * when its shard was created, and that is when this stream's shard of that id was. `ranges`: only this one of all
 * streams there are has such shards. `hand`: a person said so.
 */
export type BoundBy = 'name' | 'creation' | 'ranges' | 'hand';

export type AmbiguousBecause =
  /** No checkpoint tells yet, and several streams have such shards, or streams may be there that are not read. */
  | 'nothing-checkpointed'
  /** Shards of the same id were created in the same second in several streams. */
  | 'created-together'
  /** Some leases are of this stream, others are surely of another. */
  | 'mixed'
  /** The stream of that name was created at another time than the leases say. */
  | 'other-creation';

export type UnboundBecause =
  /** There is no lease yet. */
  | 'no-leases'
  /** Its rows are no leases that are known, as those of readers of DynamoDB Streams, whose shards have other ids. */
  | 'unreadable-rows'
  /** No stream that is read has such shards. */
  | 'no-such-shards'
  /** Streams have shards of these ids, but created at other times: the leases are of a stream that is gone. */
  | 'other-streams-shards'
  /** The stream that is named is not there, or not read. */
  | 'no-such-stream';

export type LeaseBinding =
  | { readonly kind: 'bound'; readonly streamId: number; readonly by: BoundBy }
  | {
      readonly kind: 'ambiguous';
      readonly reason: AmbiguousBecause;
      readonly candidates: readonly number[];
    }
  | { readonly kind: 'none'; readonly reason: UnboundBecause };

/**
 * Finds the stream that the leases of a single-stream application are of: the table never names it.
 * @param seesAll whether `streams` are all of the account in the region: else leases that fit one of them alone may
 * well be of another
 * @param formerly the stream that they were found to be of before: it stays, unless something speaks against it
 */
export function bindLeases(
  leases: readonly BindingLease[],
  streams: readonly StreamCandidate[],
  seesAll: boolean,
  formerly: number | null,
): LeaseBinding {
  if (leases.length === 0) return { kind: 'none', reason: 'no-leases' };
  const weighed = streams.map((stream) => ({ stream, ...weigh(leases, stream) }));
  const possible = weighed.filter(({ fitting }) => fitting > 0);
  if (possible.length === 0) {
    const reason = weighed.some(({ foreign }) => foreign > 0)
      ? 'other-streams-shards'
      : 'no-such-shards';
    return { kind: 'none', reason };
  }
  const idsOf = (some: typeof possible) => some.map(({ stream }) => stream.streamId);
  const proven = possible.filter(({ proofs }) => proofs > 0);
  const clean = proven.filter(({ foreign }) => foreign === 0);
  const [only] = clean;
  if (only !== undefined && clean.length === 1) {
    return { kind: 'bound', streamId: only.stream.streamId, by: 'creation' };
  }
  if (clean.length > 1) {
    return clean.some(({ stream }) => stream.streamId === formerly) && formerly !== null
      ? { kind: 'bound', streamId: formerly, by: 'creation' }
      : { kind: 'ambiguous', reason: 'created-together', candidates: idsOf(clean) };
  }
  if (proven.length > 0) return { kind: 'ambiguous', reason: 'mixed', candidates: idsOf(proven) };

  const unrefuted = possible.filter(({ foreign }) => foreign === 0);
  if (unrefuted.length === 0) return { kind: 'none', reason: 'other-streams-shards' };
  if (unrefuted.some(({ stream }) => stream.streamId === formerly) && formerly !== null) {
    return { kind: 'bound', streamId: formerly, by: 'ranges' };
  }
  const [first] = unrefuted;
  if (first !== undefined && unrefuted.length === 1 && seesAll && first.coversOpen) {
    return { kind: 'bound', streamId: first.stream.streamId, by: 'ranges' };
  }
  return { kind: 'ambiguous', reason: 'nothing-checkpointed', candidates: idsOf(unrefuted) };
}

/**
 * Finds the stream that the leases of a multi-stream application name.
 * @param createdSeconds what they say of its creation: workers are told it by hand, so it may be wrong, and then the
 * shards decide
 */
export function bindNamed(
  leases: readonly BindingLease[],
  named: {
    readonly streamName: string;
    readonly accountId: string | null;
    readonly createdSeconds: number | null;
  },
  streams: readonly StreamCandidate[],
): LeaseBinding {
  const stream = streams.find(
    ({ streamName, accountId }) =>
      streamName === named.streamName && (named.accountId ?? accountId) === accountId,
  );
  if (stream === undefined) return { kind: 'none', reason: 'no-such-stream' };
  const { streamId } = stream;
  const { proofs, foreign } = weigh(leases, stream);
  if (foreign > 0) {
    return proofs > 0
      ? { kind: 'ambiguous', reason: 'mixed', candidates: [streamId] }
      : { kind: 'none', reason: 'other-streams-shards' };
  }
  if (named.createdSeconds === Math.floor(stream.createdAtMs / 1000)) {
    return { kind: 'bound', streamId, by: 'name' };
  }
  return proofs > 0
    ? { kind: 'bound', streamId, by: 'creation' }
    : { kind: 'ambiguous', reason: 'other-creation', candidates: [streamId] };
}

type Weight = {
  /** Leases of shards that the stream has, in the same range. */
  readonly fitting: number;
  /** Those whose checkpoint carries the instant at which the stream's shard was created. */
  readonly proofs: number;
  /** Leases of a shard that this stream has otherwise: in another range, or created at another time. */
  readonly foreign: number;
  /** Whether each open shard of the stream has a fitting lease, with its range. */
  readonly coversOpen: boolean;
};

function weigh(leases: readonly BindingLease[], { shards }: StreamCandidate): Weight {
  const covered = new Set<ShardId>();
  let [fitting, proofs, foreign] = [0, 0, 0];
  for (const lease of leases) {
    const shard = shards.get(lease.shardId);
    // Shards that are past retention are no longer listed, and their leases stay for a while.
    if (shard === undefined) continue;
    const creation = sameCreation(lease, shard);
    if (creation === false || !sameRange(lease.range, shard.range)) {
      foreign += 1;
      continue;
    }
    fitting += 1;
    if (creation === true) proofs += 1;
    if (lease.range !== null) covered.add(lease.shardId);
  }
  const open = [...shards.values()].filter(isOpen);
  const coversOpen = open.length > 0 && open.every(({ shardId }) => covered.has(shardId));
  return { fitting, proofs, foreign, coversOpen };
}

/** A lease of version 1 has no range, which speaks neither for nor against. */
function sameRange(range: HashRange | null, other: HashRange): boolean {
  return range === null || (range.start === other.start && range.end === other.end);
}

/** @returns null where the checkpoint does not tell */
function sameCreation({ checkpoint, shardId }: BindingLease, shard: Shard): boolean | null {
  if (checkpoint.kind !== 'sequence') return null;
  const read = decodeSequenceNumber(checkpoint.sequenceNumber);
  const first = decodeSequenceNumber(shard.startingSequenceNumber);
  if (read === null || first === null) return null;
  const isOfShard = read.shardIndex === shardIndexOf(shardId);
  return isOfShard && read.shardCreatedSeconds === first.shardCreatedSeconds;
}
