import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lag, LagMethod } from '#lib/domain/consumers/lag.ts';
import { ARRIVAL_DELAY_MAX_MS } from '#lib/domain/consumers/lease-lag.ts';
import { THRESHOLDS } from '#lib/domain/consumers/thresholds.ts';
import { rangeMiddle } from '#lib/domain/hash-range.ts';
import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import { isOpen } from '#lib/domain/shard.ts';
import { METRICS_PROFILES } from '#server/local-aws/cloudwatch/metric-clock.ts';
import { EMPTY_PLAN } from '#server/local-aws/scenario/demo-plan.ts';
import { planConsumer } from '#server/local-aws/scenario/kcl/consumer-plan.ts';
import type { LeaseTruth } from '#server/local-aws/scenario/kcl/lease-truth.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import { steadyStream } from '#server/local-aws/testing/steady-stream.ts';
import type { World } from '#server/local-aws/world.ts';
import { WorldFollower } from '#server/testing/follow-world.ts';

/**
 * What is told of lag is held against what the applications themselves know of theirs, in all phases of their lives, at
 * each observation of each lease.
 */

const STREAM = 'orders';
/**
 * How CloudWatch keeps time, and how one looks at it. Rounds are out of step with everything that applications do each
 * so many seconds. `lateMs`: what arrived may be unknown for so long, which shows in the width of what is told of who
 * stands still. `waitRounds`: until it has told.
 */
const PROFILES = {
  demo: { metrics: METRICS_PROFILES.demo, roundSeconds: 7, lateMs: 0, waitRounds: 14 },
  aws: {
    metrics: METRICS_PROFILES.aws,
    roundSeconds: 11,
    lateMs: METRICS_PROFILES.aws.delayMs + 2 * METRICS_PROFILES.aws.basePeriodMs,
    waitRounds: 30,
  },
} as const;
const CHECKPOINT_MS = { least: 5_000, most: 10_000 };

const PLANS = [
  planConsumer({ application: 'billing', streamNames: [STREAM], library: 'kcl-3', workerCount: 2 }),
  planConsumer({
    application: 'search',
    streamNames: [STREAM],
    library: 'kcl-2',
    preparesCheckpoints: true,
  }),
].map((plan) => ({ ...plan, recordsPerSecond: 60, checkpointMs: CHECKPOINT_MS }));

type Interval = Extract<Lag, { kind: 'interval' }>;
type Held = { readonly phase: string; readonly lag: Interval };

describe.each(['demo', 'aws'] as const)('with metrics as of "%s", the lag that is told', (name) => {
  const { metrics, roundSeconds, lateMs, waitRounds } = PROFILES[name];

  let world: World;
  let follower: WorldFollower;
  /** Every interval that was told, and held. */
  const held: Held[] = [];
  /** What was told wrongly, in words. */
  const faults: string[] = [];

  async function control(request: object): Promise<void> {
    const response = await fetch(`${world.endpoints.admin}/scenario/control`, {
      method: 'POST',
      body: JSON.stringify(request),
    });
    expect(await response.text()).toBe('{"done":true}');
  }

  const controlAll = async (request: object) => {
    for (const { application } of PLANS) await control({ application, ...request });
  };

  /** How far behind the place was that the lag is of, at its instant, by the application's own books. */
  function trueLagMs(lag: Interval, truth: LeaseTruth): number | null {
    switch (lag.method) {
      case 'checkpoint':
        return truth.checkpoints.findLast(({ atMs }) => atMs <= lag.asOfMs)?.lagMs ?? null;
      case 'standing':
        return truth.committed.lagMs;
      case 'caught-up': {
        const arrivedMs = nextArrivalMs(truth);
        return arrivedMs === null || arrivedMs > lag.asOfMs ? 0 : lag.asOfMs - arrivedMs;
      }
      default:
        return null;
    }
  }

  /** When the record after the committed place arrived; null: there is none. Read by a call into the engine. */
  function nextArrivalMs({ shardId, committed }: LeaseTruth): number | null {
    const sequenceNumber = parseSequenceNumber(committed.checkpoint);
    if (sequenceNumber === null) return null;
    const shardIterator = world.engine.getShardIterator({
      streamName: STREAM,
      shardId,
      position: { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber },
    });
    const { records } = world.engine.getRecords({ shardIterator, limit: 1 });
    return records[0]?.arrivalMs ?? null;
  }

  function widthMaxMs(lag: Interval, nowMs: number): number {
    const ageMs = nowMs - lag.asOfMs;
    return ARRIVAL_DELAY_MAX_MS + CHECKPOINT_MS.most + roundSeconds * 1_000 + ageMs + lateMs;
  }

  async function rounds(phase: string, count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      await follower.round(roundSeconds);
      const nowMs = world.engine.nowMs();
      for (const application of world.scenario.applications) {
        const truths = await application.truth(nowMs);
        for (const { shardId, lag } of follower.of(application.name).health.leases) {
          const truth = truths.find((one) => one.shardId === shardId);
          if (lag.kind !== 'interval' || truth === undefined) continue;
          const lagMs = trueLagMs(lag, truth);
          const { atLeastMs, atMostMs, method } = lag;
          const told = `${phase}: ${application.name} ${shardId} ${method} [${atLeastMs}, ${atMostMs}]`;
          const isWithin = lagMs !== null && atLeastMs <= lagMs && lagMs <= atMostMs;
          if (!isWithin) faults.push(`${told}, but it was ${lagMs}`);
          if (atMostMs - atLeastMs > widthMaxMs(lag, nowMs)) faults.push(`${told} is too wide`);
          held.push({ phase, lag });
        }
      }
    }
  }

  beforeAll(async () => {
    const streams = [steadyStream({ streamName: STREAM, shardCount: 2 })];
    world = await startWorld(
      { clock: 'virtual', limitScale: null, metrics },
      { ...EMPTY_PLAN, streams, consumers: PLANS },
    );
    follower = new WorldFollower(world, THRESHOLDS);
    await rounds('beginning', 6);
    await rounds('caught up', 8);
    await control({ action: 'pause-producer', streamName: STREAM });
    // Until CloudWatch has told of it.
    await rounds('idle', waitRounds + 6);
    await control({ action: 'resume-producer', streamName: STREAM });
    await controlAll({ action: 'fall-behind' });
    await rounds('behind', 18);
    await controlAll({ action: 'die' });
    await rounds('dead', waitRounds);
    await controlAll({ action: 'recover' });
    await rounds('catching up', 12);
    await controlAll({ action: 'stall' });
    await rounds('stalled', waitRounds);
    const [first] = world.engine.listShards({ streamName: STREAM }).shards;
    if (first === undefined) throw new Error('No shard to split');
    world.engine.splitShard({
      streamName: STREAM,
      shardToSplit: first.shardId,
      newStartingHashKey: rangeMiddle(first.range),
    });
    await controlAll({ action: 'recover' });
    await rounds('after a split', 12);
    const open = world.engine.listShards({ streamName: STREAM }).shards.filter(isOpen);
    const [left, right] = open.sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
    if (left === undefined || right === undefined) throw new Error('No shards to merge');
    world.engine.mergeShards({
      streamName: STREAM,
      shardToMerge: left.shardId,
      adjacentShardToMerge: right.shardId,
    });
    await rounds('after a merge', 12);
  }, 240_000);

  afterAll(async () => {
    follower.close();
    await world.close();
  });

  it('holds what the applications know, and is no wider than it has to be', () => {
    expect(faults).toEqual([]);
  });

  it.each<[string, LagMethod]>([
    ['caught up', 'checkpoint'],
    ['idle', 'caught-up'],
    ['behind', 'checkpoint'],
    ['dead', 'standing'],
    ['catching up', 'checkpoint'],
    ['stalled', 'standing'],
    ['after a split', 'checkpoint'],
    ['after a merge', 'checkpoint'],
  ])('is told in the phase "%s", by the method "%s"', (phase, method) => {
    const told = held.filter((one) => one.phase === phase && one.lag.method === method);
    expect(told.length).toBeGreaterThan(10);
  });

  it('is surely something for who is behind, and surely nothing for who is not', () => {
    const last = (phase: string) => held.findLast((one) => one.phase === phase)?.lag;
    expect(last('idle')).toMatchObject({ atLeastMs: 0, atMostMs: 0 });
    expect(last('behind')?.atLeastMs).toBeGreaterThan(20_000);
    expect(last('dead')?.atLeastMs).toBeGreaterThan(90_000);
    expect(last('after a merge')?.atMostMs).toBeLessThan(30_000 + lateMs);
  });
});
