import type { ProducerPlan } from './producer-plan.ts';

/** A stream as whoever runs it has set it up. */
export type StreamSetUp = {
  readonly streamName: string;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  /** Open shards at the beginning; an on-demand stream decides for itself. */
  readonly shardCount: number | null;
  /** All seven shard-level metrics, or none. */
  readonly shardMetrics: boolean;
  readonly retentionHours: number;
  /** Names of enhanced fan-out consumers. */
  readonly consumers: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
};

/** A stream of the scenario, with what is written to it. */
export type StreamPlan = StreamSetUp & { readonly producer: ProducerPlan };
