import { expect } from 'vitest';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { ChildShard, StoredRecord } from '#server/local-aws/engine/operations/read-shard.ts';
import { type ModelRecord, type PutRecords, RETENTION_MS } from './stream-model.ts';

/** What one step on a shard came to. */
export type ReaderStep = {
  readonly records: readonly StoredRecord[];
  /** null while the shard goes on. */
  readonly children: readonly ChildShard[] | null;
};

/** How a reader reads: it keeps its own place in every shard. */
export type ReadStep = (shardId: string, nowMs: number) => ReaderStep;

/**
 * A reader of a whole stream, which takes shards in the order of their lineage and holds what it is given against what
 * was put: each key's records one after the other, none twice, and none passed over that retention still keeps.
 */
export class ModelReader {
  readonly #engine: Engine;
  readonly #streamName: string;
  readonly #step: ReadStep;
  readonly #finished = new Set<string>();
  readonly #places = new Map<string, { read: number; sequenceNumber: bigint }>();

  constructor(engine: Engine, streamName: string, step: ReadStep) {
    this.#engine = engine;
    this.#streamName = streamName;
    this.#step = step;
  }

  /** The shards that it may read now, ascending by id. */
  readableShards(): readonly string[] {
    const { shards } = this.#engine.listShards({ streamName: this.#streamName });
    const listed = new Set(shards.map(({ shardId }) => shardId));
    return shards
      .filter(({ shardId, parentShardId, adjacentParentShardId }) => {
        const parents = [parentShardId, adjacentParentShardId].filter((id) => id !== null);
        const areDone = parents.every((id) => this.#finished.has(id) || !listed.has(id));
        return areDone && !this.#finished.has(shardId);
      })
      .map(({ shardId }) => shardId);
  }

  /** Reads a little of a shard. @returns how many records that were. */
  read(shardId: string, put: PutRecords, nowMs: number): number {
    try {
      const { records, children } = this.#step(shardId, nowMs);
      for (const record of records) {
        this.#take(record, put, nowMs);
      }
      if (children !== null) {
        expect(children, `the end of ${shardId} names what goes on`).not.toHaveLength(0);
        this.#finished.add(shardId);
      }
      return records.length;
    } catch (error) {
      if (!(error instanceof KinesisError && error.code === 'ResourceNotFoundException')) {
        throw error;
      }
      // The shard has expired meanwhile: all that it held is older than retention.
      this.#finished.add(shardId);
      return 0;
    }
  }

  /** Reads everything there is; `tick` moves the time on between two steps. */
  drain(put: PutRecords, tick: () => number): void {
    for (let isMoving = true; isMoving; ) {
      isMoving = false;
      for (const shardId of this.readableShards()) {
        const isNew = this.read(shardId, put, tick()) > 0;
        isMoving ||= isNew || this.#finished.has(shardId);
      }
    }
    this.#assertComplete(put, tick());
  }

  #take(record: StoredRecord, put: PutRecords, nowMs: number): void {
    const key = record.partitionKey;
    const place = this.#places.get(key) ?? { read: 0, sequenceNumber: -1n };
    expect(record.sequenceNumber > place.sequenceNumber, `${key} rises`).toBe(true);
    const own = put.get(key) ?? [];
    const text = Buffer.from(record.data).toString();
    const at = own.findIndex((each, i) => i >= place.read && each.text === text);
    expect(at, `${key} is read once and in order`).toBeGreaterThanOrEqual(place.read);
    expect(own[at]?.arrivalMs, `${key} arrived when it was put`).toBe(record.arrivalMs);
    expect(record.arrivalMs, `${key} is within retention`).toBeGreaterThanOrEqual(
      nowMs - RETENTION_MS,
    );
    assertExpired(own.slice(place.read, at), nowMs);
    this.#places.set(key, { read: at + 1, sequenceNumber: record.sequenceNumber });
  }

  #assertComplete(put: PutRecords, nowMs: number): void {
    for (const [key, own] of put) {
      assertExpired(own.slice(this.#places.get(key)?.read ?? 0), nowMs);
    }
  }
}

/** What a reader has not been given has to be older than retention. */
function assertExpired(passedOver: readonly ModelRecord[], nowMs: number): void {
  const lost = passedOver.filter(({ arrivalMs }) => arrivalMs >= nowMs - RETENTION_MS);
  expect(lost, 'nothing that retention keeps is passed over').toEqual([]);
}
