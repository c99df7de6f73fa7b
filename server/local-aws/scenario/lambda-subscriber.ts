import {
  ClientFault,
  type KinesisClientPort,
  type ReadRecord,
  type ShardDescription,
  type ShardEvents,
} from './kinesis-client-port.ts';
import type { LambdaFunctionRun } from './lambda-function.ts';
import type { LambdaMapping, LambdaMappingInit } from './lambda-mapping.ts';
import type { LambdaPlan } from './lambda-plan.ts';
import { between } from './seeded-random.ts';
import { ShardOrder } from './shard-order.ts';

/** How soon records that have come go to the function. */
const ACT_MS = 250;
/** New shards are looked for so often; those that follow a shard come with its end. */
const LIST_EVERY_MS = 60_000;
/** A subscription may be taken over after five seconds. Source: API reference, SubscribeToShard. */
const RESUBSCRIBE_MS = 5_000;

type Place = {
  subscription: ShardEvents | null;
  nextSubscribeMs: number;
  /** Come, but not processed. */
  readonly waiting: ReadRecord[];
  last: ReadRecord['sequenceNumber'] | null;
  /** The function works on this shard's batch until then. */
  busyUntilMs: number;
  /** The shards that go on from this one, once all of it has come. */
  children: readonly ShardDescription[] | null;
};

/** Plays an event source mapping on an enhanced fan-out consumer, with parallelization factor 1. */
export class LambdaSubscriber implements LambdaMapping {
  readonly name: string;
  readonly plan: LambdaPlan;
  readonly run: LambdaFunctionRun;
  readonly #consumerArn: string;
  readonly #places = new Map<string, Place>();
  readonly #order = new ShardOrder();
  #client: KinesisClientPort;
  #nextDueMs: number;
  #nextListMs: number;

  constructor(init: LambdaMappingInit & { readonly consumerArn: string }) {
    this.name = init.plan.functionName;
    this.plan = init.plan;
    this.run = init.run;
    this.#consumerArn = init.consumerArn;
    this.#client = init.client;
    this.#nextListMs = init.fromMs;
    // Out of step with those who write once a second.
    this.#nextDueMs = init.fromMs + Math.floor(between(init.random, 0, ACT_MS));
  }

  get nextDueMs(): number {
    return this.#nextDueMs;
  }

  moveTo(client: KinesisClientPort): void {
    this.#client = client;
    for (const place of this.#places.values()) {
      place.subscription = null;
      place.children = null;
      place.waiting.length = 0;
    }
  }

  /** @throws ClientFault but for a call that came too soon. */
  async act(nowMs: number): Promise<void> {
    this.#nextDueMs = Math.max(this.#nextDueMs + ACT_MS, nowMs);
    if (nowMs >= this.#nextListMs) {
      this.#nextListMs = nowMs + LIST_EVERY_MS;
      const shards = await this.#client.listShards(this.plan.streamName);
      this.#follow(this.#order.list(shards), nowMs);
    }
    const places = [...this.#places];
    const results = await Promise.allSettled(
      places.map(([shardId, place]) => this.#take(shardId, place, nowMs)),
    );
    for (const [shardId, place] of places) {
      this.#process(shardId, place, nowMs);
    }
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      throw failed.reason;
    }
  }

  #follow(shardIds: readonly string[], nowMs: number): void {
    for (const shardId of shardIds) {
      this.#places.set(shardId, {
        subscription: null,
        nextSubscribeMs: nowMs,
        waiting: [],
        last: null,
        busyUntilMs: nowMs,
        children: null,
      });
    }
  }

  async #take(shardId: string, place: Place, nowMs: number): Promise<void> {
    if (place.children !== null || (place.subscription === null && nowMs < place.nextSubscribeMs)) {
      return;
    }
    try {
      place.subscription ??= await this.#subscribe(shardId, place, nowMs);
      const { events, isOver } = await place.subscription.take();
      for (const { records, childShards } of events) {
        place.waiting.push(...records);
        if (childShards.length > 0) {
          place.children = childShards;
        }
      }
      if (isOver) {
        place.subscription = null;
      }
    } catch (error) {
      place.subscription = null;
      if (!(error instanceof ClientFault && error.kind === 'throttled')) {
        throw error;
      }
    }
  }

  async #subscribe(shardId: string, place: Place, nowMs: number): Promise<ShardEvents> {
    place.nextSubscribeMs = nowMs + RESUBSCRIBE_MS;
    const last = place.waiting.at(-1)?.sequenceNumber ?? place.last;
    return this.#client.subscribeToShard(
      this.#consumerArn,
      shardId,
      last === null
        ? { type: 'TRIM_HORIZON' }
        : { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber: last },
    );
  }

  #process(shardId: string, place: Place, nowMs: number): void {
    if (nowMs >= place.busyUntilMs && place.waiting.length > 0) {
      const batch = place.waiting.splice(0, this.plan.batchSize);
      place.busyUntilMs = nowMs + this.run.invoke(batch, nowMs);
      place.last = batch.at(-1)?.sequenceNumber ?? place.last;
    }
    if (place.children !== null && place.waiting.length === 0) {
      this.#places.delete(shardId);
      this.#follow(this.#order.finish(shardId, place.children), nowMs);
    }
  }
}
