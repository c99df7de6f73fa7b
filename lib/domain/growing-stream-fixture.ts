import fc from 'fast-check';
import { mergeRanges, rangeMiddle, splitRange, WHOLE_RING } from './hash-range.ts';
import type { ObservedShards } from './lineage.ts';
import { encodeSequenceNumber } from './sequence-number.ts';
import { isOpen, type Shard, shardIdOf } from './shard.ts';

export const BIRTH_SECONDS = 1_700_000_000;

export function sequenceAt(shardIndex: number, createdSeconds: number, recordSeconds: number) {
  return encodeSequenceNumber({
    shardCreatedSeconds: createdSeconds,
    recordSeconds,
    shardIndex,
    sequenceIndex: 0n,
  });
}

/** A stream that is resharded by hand, one step a second. */
export function growingStream() {
  let seconds = BIRTH_SECONDS;
  let shards: readonly Shard[] = [];
  const observed: ObservedShards[] = [];
  const add = (range: Shard['range'], parent: Shard | null, adjacent: Shard | null) => {
    const index = shards.length;
    shards = [
      ...shards,
      {
        shardId: shardIdOf(index),
        range,
        parentShardId: parent?.shardId ?? null,
        adjacentParentShardId: adjacent?.shardId ?? null,
        startingSequenceNumber: sequenceAt(index, seconds, seconds),
        endingSequenceNumber: null,
      },
    ];
  };
  const close = (closed: readonly Shard[]) => {
    shards = shards.map((shard) =>
      closed.includes(shard)
        ? { ...shard, endingSequenceNumber: sequenceAt(0, seconds, seconds) }
        : shard,
    );
  };
  const observe = (reported: readonly Shard[] = shards) => {
    observed.push({ observedAtMs: seconds * 1000, shards: reported });
  };
  const open = () => shards.filter(isOpen).sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
  add(WHOLE_RING, null, null);
  observe();
  return {
    observed,
    open,
    shards: () => shards,
    observe,
    wait: (by: number) => {
      seconds += by;
    },
    split: (place: number) => {
      const parent = open()[place % open().length];
      if (parent === undefined) return;
      seconds += 1;
      close([parent]);
      for (const half of splitRange(parent.range, rangeMiddle(parent.range))) {
        add(half, parent, null);
      }
      observe();
    },
    merge: (place: number) => {
      const left = open()[place % open().length];
      const right = open()[(place % open().length) + 1];
      if (left === undefined || right === undefined) return;
      seconds += 1;
      close([left, right]);
      add(mergeRanges(left.range, right.range), left, right);
      observe();
    },
    nowMs: () => seconds * 1000,
  };
}

/** Splits and merges at some places, with some seconds between them. */
export const reshardSteps = fc.array(
  fc.record({ kind: fc.constantFrom('split', 'merge'), place: fc.nat(20), wait: fc.nat(5) }),
  { maxLength: 25 },
);
