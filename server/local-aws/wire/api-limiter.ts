import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { RateBucket } from '#server/local-aws/engine/rate-bucket.ts';
import { API_RATES, type ApiRate } from './api-rates.ts';

/** Buckets that have not been used for so long are full again, and need not be kept. */
const IDLE_MS = 1_000;

/** So few buckets are not worth looking through. */
const KEPT_MAX = 1_000;

/** One request, as far as its rate is concerned. */
export type LimitedCall = {
  readonly operationName: string;
  /** null where the request names none. */
  readonly streamName: string | null;
  readonly shardId: string | null;
};

type Counted = { readonly bucket: RateBucket; usedAtMs: number };

/**
 * How often the operations of one account may be called, by its clock. A second's worth may come at once.
 * It stands in front of the wire, not in the engine: the scenario's past is made by calls into the engine,
 * in which hours pass within seconds.
 */
export class ApiLimiter {
  readonly #scale: number;
  readonly #accountId: string;
  readonly #counted = new Map<string, Counted>();
  readonly #refused = new Map<string, number>();
  #sweptAtMs = Number.NEGATIVE_INFINITY;

  /** @param scale multiplies the rates of AWS. @throws RangeError for one that is not above 0. */
  constructor(scale: number, accountId: string) {
    if (!(scale > 0)) {
      throw new RangeError(`A scale of API rates is above 0; got ${scale}`);
    }
    this.#scale = scale;
    this.#accountId = accountId;
  }

  /** Calls that were refused so far, by operation; for whoever wants to know that a program keeps to the rates. */
  refusedCalls(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#refused);
  }

  /** Charges a call. @throws KinesisError of its operation's kind where the rate is used up; nothing is charged. */
  charge(call: LimitedCall, nowMs: number): void {
    const rate = API_RATES.get(call.operationName);
    const key = rate === undefined ? null : keyOf(rate, call);
    if (rate === undefined || key === null) {
      return;
    }
    const counted = this.#countedBy(key, rate, nowMs);
    if (!counted.bucket.admits(nowMs)) {
      const { operationName } = call;
      this.#refused.set(operationName, (this.#refused.get(operationName) ?? 0) + 1);
      throw new KinesisError(rate.code, this.#message(rate, call));
    }
    counted.bucket.charge(1);
    counted.usedAtMs = nowMs;
  }

  #countedBy(key: string, rate: ApiRate, nowMs: number): Counted {
    const known = this.#counted.get(key);
    if (known !== undefined) {
      return known;
    }
    this.#sweep(nowMs);
    const counted = { bucket: new RateBucket(rate.perSecond * this.#scale), usedAtMs: nowMs };
    this.#counted.set(key, counted);
    return counted;
  }

  #sweep(nowMs: number): void {
    if (this.#counted.size < KEPT_MAX || nowMs - this.#sweptAtMs < IDLE_MS) {
      return;
    }
    this.#sweptAtMs = nowMs;
    for (const [key, { usedAtMs }] of this.#counted) {
      if (nowMs - usedAtMs >= IDLE_MS) {
        this.#counted.delete(key);
      }
    }
  }

  /** The texts for shards and streams are observed; the one for accounts is made like them. */
  #message(rate: ApiRate, { streamName, shardId }: LimitedCall): string {
    const shard = rate.scope === 'shard' ? ` for shard ${shardId} in stream ${streamName}` : null;
    const stream = streamName === null ? '' : ` for stream ${streamName}`;
    return `Rate exceeded${shard ?? stream} under account ${this.#accountId}.`;
  }
}

/** @returns null where the request does not name what its rate counts by: it fails anyway. */
function keyOf({ scope }: ApiRate, { operationName, streamName, shardId }: LimitedCall) {
  switch (scope) {
    case 'account':
      return operationName;
    case 'stream':
      return streamName === null ? null : `${operationName}/${streamName}`;
    case 'shard':
      return streamName === null || shardId === null
        ? null
        : `${operationName}/${streamName}/${shardId}`;
  }
}
