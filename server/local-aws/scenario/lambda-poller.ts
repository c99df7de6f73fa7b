import { ClientFault, type KinesisClientPort, type ReadRecord } from './kinesis-client-port.ts';
import type { LambdaFunctionRun } from './lambda-function.ts';
import type { LambdaMapping, LambdaMappingInit } from './lambda-mapping.ts';
import type { LambdaPlan } from './lambda-plan.ts';
import { between, type Random } from './seeded-random.ts';
import { ShardOrder } from './shard-order.ts';

/** Lambda polls each shard once a second. Source: Lambda developer guide, "Using Lambda with Kinesis". */
const POLL_MS = 1_000;
/** Sooner where there is more to read; GetRecords may be called five times a second, by all readers together. */
const POLL_MIN_MS = 250;
/** New shards are looked for so often; those that follow a shard come with its end. */
const LIST_EVERY_MS = 60_000;

type Place = { iterator: string | null; last: ReadRecord['sequenceNumber'] | null; dueMs: number };

/**
 * Plays an event source mapping on a stream, with parallelization factor 1: one batch of a shard at a time, in order,
 * the next one when the function has ended.
 */
export class LambdaPoller implements LambdaMapping {
  readonly name: string;
  readonly plan: LambdaPlan;
  readonly run: LambdaFunctionRun;
  #client: KinesisClientPort;
  readonly #random: Random;
  readonly #places = new Map<string, Place>();
  readonly #order = new ShardOrder();
  #nextListMs: number;

  constructor(init: LambdaMappingInit) {
    this.name = init.plan.functionName;
    this.plan = init.plan;
    this.run = init.run;
    this.#client = init.client;
    this.#random = init.random;
    this.#nextListMs = init.fromMs;
  }

  get nextDueMs(): number {
    return Math.min(this.#nextListMs, ...[...this.#places.values()].map(({ dueMs }) => dueMs));
  }

  moveTo(client: KinesisClientPort): void {
    this.#client = client;
    for (const place of this.#places.values()) {
      place.iterator = null;
    }
  }

  /** @throws ClientFault but for a throttle and an expired iterator. */
  async act(nowMs: number): Promise<void> {
    if (nowMs >= this.#nextListMs) {
      this.#nextListMs = nowMs + LIST_EVERY_MS;
      const shards = await this.#client.listShards(this.plan.streamName);
      this.#follow(this.#order.list(shards), nowMs);
    }
    const due = [...this.#places].filter(([, place]) => place.dueMs <= nowMs);
    const results = await Promise.allSettled(
      due.map(([shardId, place]) => this.#poll(shardId, place, nowMs)),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      throw failed.reason;
    }
  }

  #follow(shardIds: readonly string[], nowMs: number): void {
    for (const shardId of shardIds) {
      // Shards are polled out of step with each other, and with those who write once a second.
      const dueMs = nowMs + Math.floor(between(this.#random, 0, POLL_MS));
      this.#places.set(shardId, { iterator: null, last: null, dueMs });
    }
  }

  async #poll(shardId: string, place: Place, nowMs: number): Promise<void> {
    place.dueMs = nowMs + POLL_MS;
    try {
      place.iterator ??= await this.#client.getShardIterator(
        this.plan.streamName,
        shardId,
        place.last === null
          ? { type: 'TRIM_HORIZON' }
          : { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber: place.last },
      );
      const answer = await this.#client.getRecords(place.iterator, this.plan.batchSize);
      const last = answer.records.at(-1);
      if (last !== undefined) {
        const tookMs = this.run.invoke(answer.records, nowMs);
        place.last = last.sequenceNumber;
        const pauseMs = answer.millisBehindLatest > 0 ? POLL_MIN_MS : POLL_MS;
        place.dueMs = nowMs + Math.max(tookMs, pauseMs);
      }
      place.iterator = answer.nextIterator;
      if (answer.nextIterator === null) {
        this.#places.delete(shardId);
        this.#follow(this.#order.finish(shardId, answer.childShards), nowMs);
      }
    } catch (error) {
      if (error instanceof ClientFault && error.kind === 'throttled') {
        return;
      }
      place.iterator = null;
      if (!(error instanceof ClientFault && error.kind === 'iterator-expired')) {
        throw error;
      }
    }
  }
}
