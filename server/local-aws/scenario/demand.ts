import type { PutEntry } from './kinesis-client-port.ts';
import { type Payload, stampPayload } from './payload.ts';
import type { KeyPlan, ProducerPlan } from './producer-plan.ts';

/** What one key is owed: bytes due but not sent yet, and which payload comes next. */
type KeyState = {
  readonly plan: KeyPlan;
  readonly keyBytes: number;
  /** A record for each payload, as it is sent unstamped. */
  readonly shared: readonly PutEntry[];
  owedBytes: number;
  next: number;
};

/** Fills in a payload for a record. Null: the payload as it is, shared by all records, as the past is made. */
export type Stamp = ((payload: Payload, atMs: number) => Buffer) | null;

/** A copy with time and serial number. Serial numbers go up by one from `first`. */
export function stampWithSerial(first: bigint): Stamp {
  let serial = first;
  return (payload, atMs) => {
    serial += 1n;
    return stampPayload(payload, atMs, serial);
  };
}

/**
 * Turns rates into records: each key sends its next payload as soon as so many bytes are due. Nothing is
 * lost to rounding, so that over time the bytes sent are the bytes planned.
 */
export class Demand {
  readonly #keys: readonly KeyState[];
  #untilMs: number;
  #first = 0;

  constructor(plan: ProducerPlan, fromMs: number) {
    this.#untilMs = fromMs;
    this.#keys = plan.keys.map((key, i) => ({
      plan: key,
      keyBytes: Buffer.byteLength(key.partitionKey),
      shared: key.payloads.map(({ bytes }) => ({ partitionKey: key.partitionKey, data: bytes })),
      // Keys begin out of step, or all of them would send at the same instants.
      owedBytes: ((i * 0.618) % 1) * (key.payloads[0]?.bytes.length ?? 0),
      next: i % Math.max(1, key.payloads.length),
    }));
  }

  /** Up to when demand has been taken. */
  get untilMs(): number {
    return this.#untilMs;
  }

  /** Forgets what would have been due before `nowMs`: the producer was away. */
  skipTo(nowMs: number): void {
    this.#untilMs = Math.max(this.#untilMs, nowMs);
  }

  /** The records due from the last call up to `nowMs`, at `rate` times the plan. */
  take(nowMs: number, rate: number, stamp: Stamp): PutEntry[] {
    const seconds = Math.max(0, nowMs - this.#untilMs) / 1000;
    this.#untilMs = Math.max(this.#untilMs, nowMs);
    const entries: PutEntry[] = [];
    // Another key comes first each time: under a limit the last ones are refused.
    this.#first += 7;
    for (let i = 0; i < this.#keys.length; i += 1) {
      const state = this.#keys[(this.#first + i) % this.#keys.length];
      if (state === undefined) {
        break;
      }
      const { plan } = state;
      state.owedBytes += plan.bytesPerSecond * plan.wave(nowMs) * rate * seconds;
      for (;;) {
        const payload = plan.payloads[state.next];
        const shared = state.shared[state.next];
        if (payload === undefined || shared === undefined) {
          break;
        }
        const bytes = payload.bytes.length + state.keyBytes;
        if (state.owedBytes < bytes) {
          break;
        }
        state.owedBytes -= bytes;
        state.next = (state.next + 1) % plan.payloads.length;
        entries.push(
          stamp === null
            ? shared
            : { partitionKey: plan.partitionKey, data: stamp(payload, nowMs) },
        );
      }
    }
    return entries;
  }
}
