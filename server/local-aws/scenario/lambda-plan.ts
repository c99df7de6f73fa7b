import type { Wave } from './wave.ts';

/** A function and the event source mapping that feeds it from a stream. */
export type LambdaPlan = {
  readonly functionName: string;
  readonly description: string;
  readonly streamName: string;
  /** The enhanced fan-out consumer that it reads by; null where it polls the stream. */
  readonly consumerName: string | null;
  /** Records of one invocation, at most. */
  readonly batchSize: number;
  /** How long an invocation takes: a fixed part, and a part a record; ms. */
  readonly durationMs: { readonly fixed: number; readonly perRecord: number };
  /** How that changes with time. */
  readonly wave: Wave;
};
