import { parseHashKey } from '#lib/domain/hash-key.ts';
import { rangeMiddle } from '#lib/domain/hash-range.ts';
import type { Actor } from './actor.ts';
import {
  ClientFault,
  type KinesisClientPort,
  type ShardDescription,
} from './kinesis-client-port.ts';

/** What somebody once did to a stream: its only open shard was cut in the middle. */
export type SplitPlan = { readonly streamName: string; readonly afterMs: number };

/** The person who reshards: each planned split once, when its time has come. */
export class Operator implements Actor {
  readonly name = 'operator';
  client: KinesisClientPort;
  readonly #fromMs: number;
  readonly #plans: SplitPlan[];

  constructor(plans: readonly SplitPlan[], client: KinesisClientPort, fromMs: number) {
    this.client = client;
    this.#fromMs = fromMs;
    this.#plans = [...plans].sort((a, b) => a.afterMs - b.afterMs);
  }

  /** Infinity once everything is done. */
  get nextDueMs(): number {
    const next = this.#plans[0];
    return next === undefined ? Number.POSITIVE_INFINITY : this.#fromMs + next.afterMs;
  }

  /** @throws ClientFault; what was refused is not tried again */
  async act(): Promise<void> {
    const plan = this.#plans.shift();
    if (plan === undefined) return;
    const { streamName } = plan;
    const [shard] = await this.client.listShards(streamName);
    if (shard === undefined) {
      throw new ClientFault('not-found', new Error(`${streamName} has no shard to split`));
    }
    await this.client.splitShard(streamName, shard.shardId, middleOf(shard));
  }
}

function middleOf({ startingHashKey, endingHashKey }: ShardDescription): string {
  const start = parseHashKey(startingHashKey);
  const end = parseHashKey(endingHashKey);
  if (start === null || end === null) {
    throw new RangeError(`${startingHashKey} .. ${endingHashKey} is no hash range`);
  }
  return String(rangeMiddle({ start, end }));
}
