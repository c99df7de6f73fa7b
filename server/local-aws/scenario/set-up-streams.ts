import type { Engine } from '#server/local-aws/engine/engine.ts';
import type { WorldClock } from '#server/local-aws/world-clock.ts';
import type { StreamSetUp } from './stream-plan.ts';

/** Longer than any state of a stream lasts here, ms. */
const SETTLE_MS = 60_000;
const RETENTION_HOURS_DEFAULT = 24;

/**
 * Makes the streams and waits, in virtual time, until they are as planned: what an operator did before
 * the scenario begins. The clock moves on by up to three minutes.
 */
export function setUpStreams(
  engine: Engine,
  clock: WorldClock,
  plans: readonly StreamSetUp[],
): void {
  const settle = () => clock.advanceTo(clock.nowMs() + SETTLE_MS);
  for (const { streamName, mode, shardCount, tags } of plans) {
    engine.createStream({ streamName, mode, tags, shardCount: shardCount ?? undefined });
  }
  settle();
  // While all are ACTIVE: a stream that is being changed takes no consumer.
  for (const { streamName, consumers } of plans) {
    const { streamArn } = engine.describeStreamSummary({ streamName });
    for (const consumerName of consumers) {
      engine.registerStreamConsumer({ streamArn, consumerName });
    }
  }
  for (const { streamName, retentionHours } of plans) {
    if (retentionHours > RETENTION_HOURS_DEFAULT) {
      engine.increaseRetention({ streamName, retentionHours });
    }
  }
  settle();
  for (const { streamName, shardMetrics } of plans) {
    if (shardMetrics) {
      engine.enableEnhancedMonitoring({ streamName, shardLevelMetrics: ['ALL'] });
    }
  }
  settle();
}
