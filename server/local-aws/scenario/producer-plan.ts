import type { Payload } from './payload.ts';
import type { Wave } from './wave.ts';

/** All that is sent under one partition key. */
export type KeyPlan = {
  readonly partitionKey: string;
  /** Mean of data and partition key together, bytes per second, before the wave. */
  readonly bytesPerSecond: number;
  /** How the rate moves; keys that share a wave move together. */
  readonly wave: Wave;
  /** Sent in turn; at least one. */
  readonly payloads: readonly Payload[];
};

/** What one producer sends to one stream. */
export type ProducerPlan = {
  readonly streamName: string;
  /** Records of so much time are sent together, ms. */
  readonly batchMs: number;
  readonly keys: readonly KeyPlan[];
};

/** Bytes per second that the plan asks of the keys that `belongs` takes, at `nowMs`. */
export function plannedBytesPerSecond(
  plan: ProducerPlan,
  nowMs: number,
  belongs: (partitionKey: string) => boolean = () => true,
): number {
  return plan.keys
    .filter(({ partitionKey }) => belongs(partitionKey))
    .reduce((sum, key) => sum + key.bytesPerSecond * key.wave(nowMs), 0);
}
