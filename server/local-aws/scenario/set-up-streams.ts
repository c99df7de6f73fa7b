import type { Engine } from '#server/local-aws/engine/engine.ts';
import type { WorldClock } from '#server/local-aws/world-clock.ts';
import type { StreamSetUp } from './stream-plan.ts';

/** Longer than any state of a stream lasts here, ms. */
const SETTLE_MS = 60_000;

/**
 * Streams are made one after the other, as an operator makes them, within this time, ms: that two of them are of one
 * second is chance, and leases tell streams apart by that.
 */
const MAKING_MS = 60_000;
/** Pause between two of them, ms, unless there are too many. */
const PAUSE_MS = 3_000;

/** Virtual time that making streams takes, whatever there is to make, ms. */
export const SET_UP_MS = MAKING_MS + 3 * SETTLE_MS;
const RETENTION_HOURS_DEFAULT = 24;

/**
 * Makes the streams and waits, in virtual time, until they are as planned: what an operator did before
 * the scenario begins. The clock moves on by SET_UP_MS.
 */
export function setUpStreams(
  engine: Engine,
  clock: WorldClock,
  plans: readonly StreamSetUp[],
): void {
  const settle = () => clock.advanceTo(clock.nowMs() + SETTLE_MS);
  const madeByMs = clock.nowMs() + MAKING_MS;
  const pauseMs = Math.min(PAUSE_MS, Math.floor(MAKING_MS / Math.max(1, plans.length)));
  for (const { streamName, mode, shardCount, tags } of plans) {
    clock.advanceTo(clock.nowMs() + pauseMs);
    engine.createStream({ streamName, mode, tags, shardCount: shardCount ?? undefined });
  }
  clock.advanceTo(madeByMs);
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
