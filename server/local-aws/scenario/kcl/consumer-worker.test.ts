import { beforeEach, describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { type Engine, openEngine } from '#server/local-aws/engine/engine.ts';
import { engineClient } from '#server/local-aws/scenario/engine-client.ts';
import { runPast } from '#server/local-aws/scenario/run-actors.ts';
import { seededRandom } from '#server/local-aws/scenario/seeded-random.ts';
import { WorldClock } from '#server/local-aws/world-clock.ts';
import { CheckpointLedger } from './checkpoint-ledger.ts';
import { planConsumer } from './consumer-plan.ts';
import { ConsumerWorker } from './consumer-worker.ts';
import { Fleet } from './fleet.ts';
import { type Lease, SHARD_END } from './lease.ts';
import { MemoryLeaseStore } from './memory-lease-store.ts';
import { witnessOf } from './shard-witness.ts';

const START_MS = 1_790_000_000_000;
const STREAM = 'docs';

let clock: WorldClock;
let engine: Engine;
let store: MemoryLeaseStore;
let workers: ConsumerWorker[];

/** A producer of ten small records a second, evenly spread. */
const producer = {
  name: 'producer',
  nextDueMs: START_MS,
  async act(nowMs: number) {
    producer.nextDueMs = nowMs + 1_000;
    const records = Array.from({ length: 10 }, (_, i) => ({
      partitionKey: `key-${i}`,
      data: Buffer.from('data'),
    }));
    engine.putRecords({ streamName: STREAM, records });
  },
};

async function run(seconds: number): Promise<void> {
  const untilMs = clock.nowMs() + seconds * 1_000;
  await runPast([producer, ...workers], clock, () => untilMs);
}

async function leaseOf(shardId: string): Promise<Lease> {
  const lease = (await store.list()).find(({ leaseKey }) => leaseKey === shardId);
  if (lease === undefined) throw new Error(`No lease of ${shardId}`);
  return lease;
}

async function owners(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { leaseOwner, checkpoint } of await store.list()) {
    if (checkpoint !== SHARD_END) {
      counts[leaseOwner ?? 'nobody'] = (counts[leaseOwner ?? 'nobody'] ?? 0) + 1;
    }
  }
  return counts;
}

beforeEach(async () => {
  clock = new WorldClock(START_MS);
  engine = openEngine({ clock, transitionMs: 0 });
  engine.createStream({ streamName: STREAM, shardCount: 4 });
  store = new MemoryLeaseStore();
  producer.nextDueMs = START_MS;
  workers = ['w-1', 'w-2'].map(
    (name, i) =>
      new ConsumerWorker({
        name,
        plan: planConsumer({
          application: 'w',
          streamNames: [STREAM],
          library: 'kcl-2',
          workerCount: 2,
          recordsPerSecond: 100,
        }),
        client: engineClient(engine),
        store,
        fleet: new Fleet(),
        ledger: new CheckpointLedger(),
        witness: witnessOf(engine),
        random: seededRandom(i + 1),
        fromMs: START_MS,
        isAuditing: i === 0,
      }),
  );
  await run(60);
});

describe('a healthy application', () => {
  it('shares the leases, and keeps its checkpoints near the present', async () => {
    expect(await owners()).toEqual({ 'w-1': 2, 'w-2': 2 });
    for (const lease of await store.list()) {
      expect(lease.leaseCounter).toBeGreaterThan(15);
      const sequenceNumber = parseSequenceNumber(lease.checkpoint);
      if (sequenceNumber === null) throw new Error(`${lease.leaseKey} has no checkpoint`);
      const shardIterator = engine.getShardIterator({
        streamName: STREAM,
        shardId: lease.leaseKey,
        position: { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber },
      });
      const after = engine.getRecords({ shardIterator });
      // A checkpoint is at most ten seconds and a poll old, and one shard gets at most ten records a second.
      expect(after.records.length).toBeLessThan(10 * 11);
    }
  });

  it('reads a split shard to its end, then its children', async () => {
    const [parent] = engine.listShards({ streamName: STREAM }).shards;
    if (parent === undefined) throw new Error('No shard');
    const middle = hashKey((parent.range.start + parent.range.end) / 2n);
    engine.splitShard({
      streamName: STREAM,
      shardToSplit: parent.shardId,
      newStartingHashKey: middle,
    });
    await run(60);
    expect(await leaseOf(parent.shardId)).toMatchObject({
      checkpoint: SHARD_END,
      childShardIds: ['shardId-000000000004', 'shardId-000000000005'],
    });
    const child = await leaseOf('shardId-000000000005');
    expect(child.parentShardIds).toEqual([parent.shardId]);
    expect(child.startingHashKey).toBe(String(middle));
    expect(Object.values(await owners()).sort()).toEqual([2, 3]);
  });

  it('waits at the end of a merged shard until the other parent, a child itself, has a lease', async () => {
    const ofOthers = async () => {
      for (const left of [0, 1, 2]) {
        const [one, other] = [await leaseOf(shardIdOf(left)), await leaseOf(shardIdOf(left + 1))];
        if (one.leaseOwner !== other.leaseOwner) return { unread: one, read: other };
      }
      throw new Error('One worker has all of them');
    };
    const { unread, read } = await ofOthers();
    const owner = workers.find(({ name }) => name === unread.leaseOwner);
    if (owner === undefined) throw new Error('Nobody reads it');
    owner.mode = 'stalled';
    const { range } =
      engine
        .listShards({ streamName: STREAM })
        .shards.find(({ shardId }) => shardId === unread.shardId) ?? {};
    if (range === undefined) throw new Error('No shard');
    const newStartingHashKey = hashKey((range.start + range.end) / 2n);
    engine.splitShard({ streamName: STREAM, shardToSplit: unread.shardId, newStartingHashKey });
    engine.mergeShards({
      streamName: STREAM,
      shardToMerge: shardIdOf(5),
      adjacentShardToMerge: read.shardId,
    });
    await run(30);
    expect((await leaseOf(read.shardId)).checkpoint).not.toBe(SHARD_END);
    expect((await store.list()).map(({ shardId }) => shardId)).not.toContain(shardIdOf(6));
    owner.mode = 'running';
    await run(60);
    expect((await leaseOf(read.shardId)).checkpoint).toBe(SHARD_END);
    expect(parseSequenceNumber((await leaseOf(shardIdOf(6))).checkpoint)).not.toBeNull();
  });
});

it('outlives its stream, and what it knew of it stays in the table', async () => {
  // Who writes to a stream that is gone is told so, and no reader.
  producer.nextDueMs = Number.POSITIVE_INFINITY;
  engine.deleteStream({ streamName: STREAM, enforceConsumerDeletion: true });
  await run(150);
  expect(await store.list()).toHaveLength(4);
  expect(workers.flatMap(({ heldShardIds }) => heldShardIds)).toEqual([]);
});

describe('told to', () => {
  it('die, a worker loses its leases to the other, which counts the switches', async () => {
    const [dead] = workers;
    if (dead === undefined) throw new Error('No worker');
    dead.mode = 'dead';
    await run(9);
    expect(await owners()).toEqual({ 'w-1': 2, 'w-2': 2 });
    await run(30);
    expect(await owners()).toEqual({ 'w-2': 4 });
    dead.mode = 'running';
    await run(60);
    expect(await owners()).toEqual({ 'w-1': 2, 'w-2': 2 });
  });

  it('die all, their leases stand still', async () => {
    for (const worker of workers) worker.mode = 'dead';
    const before = await store.list();
    await run(60);
    expect(await store.list()).toEqual(before);
  });

  it('stall, a worker renews its leases, but its checkpoints stand still', async () => {
    for (const worker of workers) worker.mode = 'stalled';
    const before = await store.list();
    await run(60);
    for (const lease of before) {
      const after = await leaseOf(lease.leaseKey);
      expect(after.checkpoint).toBe(lease.checkpoint);
      expect(after.leaseCounter).toBeGreaterThan(lease.leaseCounter + 10);
    }
  });

  it('be slow, the application falls behind, and recovers', async () => {
    const ageMs = () => {
      const end = Math.floor(clock.nowMs() / 5_000) * 5_000;
      const series = {
        streamName: STREAM,
        shardId: null,
        metric: 'GetRecords.IteratorAgeMilliseconds',
      };
      return engine.meter.read(series, end - 10_000, end, 10_000)[0]?.maximum ?? 0;
    };
    // Of 100 records a second ten remain, and some are wasted: less than the ten that come.
    for (const worker of workers) worker.mode = 'slow';
    producer.nextDueMs = clock.nowMs();
    const { act } = producer;
    producer.act = async (nowMs) => {
      await act(nowMs);
      await act(nowMs);
    };
    await run(120);
    expect(ageMs()).toBeGreaterThan(30_000);
    producer.act = act;
    for (const worker of workers) worker.mode = 'running';
    await run(120);
    expect(ageMs()).toBeLessThan(2_000);
  });

  it('lose its leases, the audit gives shards new ones, unless it is off', async () => {
    const wipe = async () => {
      for (const { leaseKey } of await store.list()) await store.remove(leaseKey);
    };
    const [auditor] = workers;
    if (auditor === undefined) throw new Error('No worker');
    auditor.audit = 'off';
    await wipe();
    await run(300);
    expect(await store.list()).toEqual([]);
    auditor.audit = 'due';
    await run(60);
    expect(await owners()).toEqual({ 'w-1': 2, 'w-2': 2 });
  });
});
