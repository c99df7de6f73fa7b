import fc from 'fast-check';
import { expect } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { isOpen, type Shard } from '#lib/domain/shard.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { ModelReader } from './model-reader.ts';
import {
  hashOfKey,
  type Outcome,
  RETENTION_MS,
  RING_END,
  type StreamModel,
} from './stream-model.ts';

export const STREAM = 's';

/** The engine under test, with its clock and its readers. */
export type Real = {
  readonly engine: Engine;
  readonly time: { nowMs: number };
  readonly readers: readonly ModelReader[];
};

type Command = fc.Command<StreamModel, Real>;

/** Hash keys that producers name: the ends of the ring, of its halves, and one beside. */
const EXPLICIT_HASHES = [0n, 1n, RING_END, RING_END / 2n, RING_END / 2n + 1n, 12_345n];

/** Runs a call that the model has foretold. */
function expectOutcome(call: () => void, outcome: Outcome): void {
  let seen: string = 'ok';
  try {
    call();
  } catch (error) {
    if (!(error instanceof KinesisError)) {
      throw error;
    }
    seen = error.code;
  }
  expect(seen).toBe(outcome);
}

function openShards({ engine }: Real): readonly Shard[] {
  const { shards } = engine.listShards({ streamName: STREAM, filter: { type: 'AT_LATEST' } });
  return shards.toSorted((a, b) => (a.range.start < b.range.start ? -1 : 1));
}

/** Every open shard is where the model has one, and every shard's lineage adds up. */
function assertPartition(model: StreamModel, real: Real): void {
  const { nowMs } = real.time;
  const open = openShards(real);
  expect(open.map(({ range }) => range.start)).toEqual(model.startsAt(nowMs));
  expect(open.at(-1)?.range.end).toBe(RING_END);
  for (const [i, shard] of open.entries()) {
    expect(shard.range.end + 1n).toBe(open[i + 1]?.range.start ?? RING_END + 1n);
  }
  assertLineage(real.engine.listShards({ streamName: STREAM }).shards);
}

/** A shard that has been closed is covered by its children, which begin later and know it. */
function assertLineage(shards: readonly Shard[]): void {
  const childrenOf = new Map<string, Shard[]>();
  for (const shard of shards) {
    for (const id of [shard.parentShardId, shard.adjacentParentShardId]) {
      if (id !== null) {
        childrenOf.set(id, [...(childrenOf.get(id) ?? []), shard]);
      }
    }
  }
  for (const parent of shards) {
    const children = childrenOf.get(parent.shardId) ?? [];
    const width = (shard: Shard) => shard.range.end - shard.range.start + 1n;
    if (isOpen(parent)) {
      expect(children).toEqual([]);
      continue;
    }
    expect(children.length === 1 || children.length === 2).toBe(true);
    for (const child of children) {
      expect(child.startingSequenceNumber > parent.startingSequenceNumber).toBe(true);
      expect((parent.endingSequenceNumber ?? 0n) >= parent.startingSequenceNumber).toBe(true);
    }
    const [first, second] = children.toSorted((a, b) => (a.range.start < b.range.start ? -1 : 1));
    if (second === undefined) {
      // Merged: the child holds the parent and the neighbour.
      expect(first !== undefined && first.range.start <= parent.range.start).toBe(true);
      expect(first !== undefined && first.range.end >= parent.range.end).toBe(true);
    } else {
      expect(first?.range.start).toBe(parent.range.start);
      expect(second.range.end).toBe(parent.range.end);
      expect(children.reduce((sum, child) => sum + width(child), 0n)).toBe(width(parent));
    }
  }
}

class Put implements Command {
  readonly #key: number;
  readonly #count: number;
  readonly #bytes: number;
  readonly #isExplicit: boolean;

  constructor(key: number, count: number, bytes: number, isExplicit: boolean) {
    this.#key = key;
    this.#count = count;
    this.#bytes = bytes;
    this.#isExplicit = isExplicit;
  }

  check(): boolean {
    return true;
  }

  run(model: StreamModel, real: Real): void {
    const { nowMs } = real.time;
    const explicit = EXPLICIT_HASHES[this.#key % EXPLICIT_HASHES.length] ?? 0n;
    const partitionKey = this.#isExplicit ? `explicit-${explicit}` : `key-${this.#key}`;
    const hash = this.#isExplicit ? explicit : hashOfKey(partitionKey);
    const first = model.putCount;
    const texts = Array.from({ length: this.#count }, (_, i) => `${first + i}`.padEnd(this.#bytes));
    const { failedRecordCount, results } = real.engine.putRecords({
      streamName: STREAM,
      records: texts.map((text) => ({
        partitionKey,
        data: Buffer.from(text),
        ...(this.#isExplicit && { explicitHashKey: hashKey(hash) }),
      })),
    });
    expect(failedRecordCount).toBe(0);
    const [start, end] = model.rangeOf(hash, nowMs);
    const home = openShards(real).find(({ range }) => range.start === start && range.end === end);
    expect(new Set(results.map((result) => 'shardId' in result && result.shardId))).toEqual(
      new Set([home?.shardId]),
    );
    model.notePut(
      partitionKey,
      texts.map((text) => ({ text, arrivalMs: nowMs })),
    );
  }

  toString(): string {
    const name = this.#isExplicit ? 'explicit hash' : 'key';
    return `put ${this.#count} x ${this.#bytes} B of ${name} ${this.#key}`;
  }
}

class Split implements Command {
  readonly #pick: number;
  readonly #share: number;

  /** @param share where it is cut: 0 at its start, 100 at its end. */
  constructor(pick: number, share: number) {
    this.#pick = pick;
    this.#share = share;
  }

  check(): boolean {
    return true;
  }

  run(model: StreamModel, real: Real): void {
    const open = openShards(real);
    const shard = open[this.#pick % open.length];
    if (shard === undefined) {
      return;
    }
    const { start, end } = shard.range;
    const cut = start + ((end - start) * BigInt(this.#share)) / 100n;
    const outcome = model.split(start, cut, real.time.nowMs);
    expectOutcome(
      () =>
        real.engine.splitShard({
          streamName: STREAM,
          shardToSplit: shard.shardId,
          newStartingHashKey: hashKey(cut),
        }),
      outcome,
    );
    assertPartition(model, real);
  }

  toString(): string {
    return `split shard ${this.#pick} at ${this.#share} %`;
  }
}

class Merge implements Command {
  readonly #pick: number;

  constructor(pick: number) {
    this.#pick = pick;
  }

  check(model: Readonly<StreamModel>): boolean {
    return model.startsAt(Infinity).length > 1;
  }

  run(model: StreamModel, real: Real): void {
    const open = openShards(real);
    const at = this.#pick % Math.max(1, open.length - 1);
    const [left, right] = [open[at], open[at + 1]];
    if (left === undefined || right === undefined) {
      return;
    }
    const outcome = model.merge(right.range.start, real.time.nowMs);
    expectOutcome(
      () =>
        real.engine.mergeShards({
          streamName: STREAM,
          shardToMerge: left.shardId,
          adjacentShardToMerge: right.shardId,
        }),
      outcome,
    );
    assertPartition(model, real);
  }

  toString(): string {
    return `merge shard ${this.#pick} with its right neighbour`;
  }
}

class Scale implements Command {
  readonly #target: number;

  constructor(target: number) {
    this.#target = target;
  }

  check(): boolean {
    return true;
  }

  run(model: StreamModel, real: Real): void {
    const outcome = model.scale(this.#target, real.time.nowMs);
    expectOutcome(
      () => real.engine.updateShardCount({ streamName: STREAM, targetShardCount: this.#target }),
      outcome,
    );
    assertPartition(model, real);
  }

  toString(): string {
    return `scale to ${this.#target}`;
  }
}

class Wait implements Command {
  readonly #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  check(): boolean {
    return true;
  }

  run(model: StreamModel, real: Real): void {
    real.time.nowMs += this.#ms;
    assertPartition(model, real);
    this.#assertHistory(model, real);
  }

  /** The shards of an instant are those that were open then, as long as retention knows them. */
  #assertHistory(model: StreamModel, real: Real): void {
    const { nowMs } = real.time;
    for (const timestampMs of model.changesMs) {
      if (timestampMs > nowMs - RETENTION_MS && timestampMs <= nowMs) {
        const { shards } = real.engine.listShards({
          streamName: STREAM,
          filter: { type: 'AT_TIMESTAMP', timestampMs },
        });
        const starts = shards.map(({ range }) => range.start).sort((a, b) => (a < b ? -1 : 1));
        expect(starts, `the shards at ${timestampMs}`).toEqual(model.startsAt(timestampMs));
      }
    }
  }

  toString(): string {
    return `wait ${this.#ms} ms`;
  }
}

class Read implements Command {
  readonly #reader: number;
  readonly #pick: number;

  constructor(reader: number, pick: number) {
    this.#reader = reader;
    this.#pick = pick;
  }

  check(): boolean {
    return true;
  }

  run(model: StreamModel, real: Real): void {
    const reader = real.readers[this.#reader % real.readers.length];
    const readable = reader?.readableShards() ?? [];
    const shardId = readable[this.#pick % readable.length];
    if (reader !== undefined && shardId !== undefined) {
      reader.read(shardId, model.put, real.time.nowMs);
    }
  }

  toString(): string {
    return `reader ${this.#reader} reads of its shard ${this.#pick}`;
  }
}

/** Anything that producers, readers and operators may do to a stream. */
export function commandArbitraries(): fc.Arbitrary<Command>[] {
  const pick = fc.nat({ max: 30 });
  const put = fc
    .tuple(
      fc.nat({ max: 12 }),
      fc.integer({ min: 1, max: 40 }),
      fc.oneof(fc.nat({ max: 200 }), fc.nat({ max: 9_000 })),
      fc.boolean(),
    )
    .map((args) => new Put(...args));
  const read = fc.tuple(fc.nat({ max: 2 }), pick).map((args) => new Read(...args));
  return [
    put,
    put,
    read,
    read,
    fc.tuple(pick, fc.nat({ max: 100 })).map((args) => new Split(...args)),
    pick.map((at) => new Merge(at)),
    fc.integer({ min: 1, max: 14 }).map((target) => new Scale(target)),
    fc.nat({ max: 6_000 }).map((ms) => new Wait(ms)),
    fc.integer({ min: 1, max: 30 }).map((hours) => new Wait(hours * 3_600_000)),
  ];
}
