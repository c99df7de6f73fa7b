import { GET_RECORDS_COUNT_MAX } from '#lib/domain/limits.ts';
import type { Actor } from './actor.ts';
import { type ConsumerPlan, SLOW_SHARE, type WorkerMode } from './consumer-plan.ts';
import { type HeldLease, holdLease, pollLease } from './held-lease.ts';
import type { KinesisClientPort, ShardDescription } from './kinesis-client-port.ts';
import { type Lease, type LeaseStore, SHARD_END, TRIM_HORIZON } from './lease.ts';
import { isReadyToRead, leasesToTake, type Sighting, seeLeases } from './lease-taking.ts';
import { between, type Random } from './seeded-random.ts';

/** A third of the fail-over time, as in the library. */
const RENEW_EVERY_MS = 3_300;
/** The library looks for leases to take as often as they can expire. */
const TAKE_EVERY_MS = 10_000;
/** The library's audit for shards without a lease. */
const AUDIT_EVERY_MS = 120_000;
const CHECKPOINT_EVERY_MS = { least: 5_000, most: 10_000 };
/** Capacity that was not used is kept for so long, and then lost: a worker cannot save up its time. */
const SAVED_UP_MAX_MS = 2_000;

/**
 * One worker of an application: reads the shards of the leases it holds, and knows of the other workers
 * only what the lease table says.
 */
export class ConsumerWorker implements Actor {
  readonly name: string;
  mode: WorkerMode = 'running';
  /**
   * `on`: looks for shards without a lease each two minutes. `due`: looks for them at its next act. `off`:
   * leaves that to others, or shards that lost their leases without.
   */
  audit: 'on' | 'due' | 'off';
  client: KinesisClientPort;
  store: LeaseStore;
  readonly plan: ConsumerPlan;
  readonly #random: Random;
  readonly #held = new Map<string, HeldLease>();
  #table: readonly Lease[] = [];
  #sightings: ReadonlyMap<string, Sighting> = new Map();
  #nextDueMs: number;
  #nextRenewMs: number;
  #nextTakeMs: number;
  readonly #isAuditor: boolean;
  #nextAuditMs = 0;
  #lastPollMs: number;
  #lastRenewMs: number;
  #capacityRecords = 0;

  constructor(init: {
    readonly name: string;
    readonly plan: ConsumerPlan;
    readonly client: KinesisClientPort;
    readonly store: LeaseStore;
    readonly random: Random;
    readonly fromMs: number;
    readonly isAuditing: boolean;
  }) {
    this.name = init.name;
    this.plan = init.plan;
    this.client = init.client;
    this.store = init.store;
    this.audit = init.isAuditing ? 'due' : 'off';
    this.#isAuditor = init.isAuditing;
    this.#random = init.random;
    // Workers start one after the other, and stay out of step.
    this.#nextDueMs = init.fromMs + Math.floor(between(init.random, 0, init.plan.pollMs));
    this.#nextTakeMs = init.fromMs;
    this.#nextRenewMs = init.fromMs + Math.floor(between(init.random, 0, RENEW_EVERY_MS));
    this.#lastPollMs = this.#lastRenewMs = init.fromMs;
  }

  get nextDueMs(): number {
    return this.#nextDueMs;
  }

  /** Shards that it works on, for reports. */
  get heldShardIds(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Goes on with another client and table, which hold the same. */
  moveTo(client: KinesisClientPort, store: LeaseStore): void {
    this.client = client;
    this.store = store;
    for (const held of this.#held.values()) {
      held.iterator = null;
    }
  }

  /** @throws ClientFault of a read that failed, after everything else has been done. */
  async act(nowMs: number): Promise<void> {
    this.#nextDueMs = Math.max(this.#nextDueMs + this.plan.pollMs, nowMs);
    if (this.mode === 'dead') {
      // A process that has ended remembers nothing.
      this.#held.clear();
      this.#lastPollMs = nowMs;
      return;
    }
    if (this.audit === 'due' || (this.audit === 'on' && nowMs >= this.#nextAuditMs)) {
      this.audit = this.#isAuditor ? 'on' : 'off';
      this.#nextAuditMs = nowMs + AUDIT_EVERY_MS;
      await this.#createMissingLeases();
    }
    if (nowMs >= this.#nextTakeMs) {
      this.#nextTakeMs = nowMs + TAKE_EVERY_MS;
      await this.#takeLeases(nowMs);
    }
    if (nowMs >= this.#nextRenewMs) {
      this.#nextRenewMs = nowMs + RENEW_EVERY_MS;
      await this.#renewLeases(nowMs);
    }
    if (this.mode === 'stalled') {
      this.#lastPollMs = nowMs;
      return;
    }
    await this.#poll(nowMs);
  }

  /** Gives each shard a lease; on an empty table, all begin at TRIM_HORIZON. */
  async #createMissingLeases(): Promise<void> {
    const shards = await this.client.listShards(this.plan.streamName);
    const known = new Set((await this.store.list()).map(({ leaseKey }) => leaseKey));
    const isNew = known.size === 0;
    for (const shard of shards) {
      // Later on only shards whose parents are known or gone: the others get theirs at a parent's end.
      const isChild = shard.parentShardIds.some((parent) => known.has(parent));
      if (!known.has(shard.shardId) && (isNew || !isChild)) {
        await this.store.create(newLease(shard));
      }
    }
  }

  async #takeLeases(nowMs: number): Promise<void> {
    this.#table = await this.store.list();
    this.#sightings = seeLeases(this.#table, this.#sightings, nowMs);
    for (const lease of leasesToTake(this.name, this.#table, this.#sightings, nowMs)) {
      const isSwitch = lease.leaseOwner !== null;
      const taken = {
        ...lease,
        leaseOwner: this.name,
        leaseCounter: lease.leaseCounter + 1,
        ownerSwitchesSinceCheckpoint: lease.ownerSwitchesSinceCheckpoint + (isSwitch ? 1 : 0),
      };
      if (await this.store.update(taken, lease.leaseCounter)) {
        this.#held.set(lease.leaseKey, holdLease(taken, nowMs + this.#checkpointPause()));
      }
    }
  }

  async #renewLeases(nowMs: number): Promise<void> {
    const seconds = Math.max(0.001, (nowMs - this.#lastRenewMs) / 1000);
    this.#lastRenewMs = nowMs;
    for (const held of this.#held.values()) {
      const latest = held.readBytes / 1024 / seconds;
      held.readBytes = 0;
      // Smoothed, as the library does: half a minute, roughly.
      const throughputKBps = held.lease.throughputKBps * 0.9 + latest * 0.1;
      await this.#write(held, { throughputKBps });
    }
  }

  async #poll(nowMs: number): Promise<void> {
    this.#earnCapacity(nowMs);
    const ready = await this.#readyLeases();
    // The one that is furthest behind its turn goes first; without an order the last would starve.
    const order = rotate(ready, Math.floor(this.#random() * ready.length));
    const fair = Math.max(1, Math.floor(this.#capacityRecords / Math.max(1, order.length)));
    const limit = Math.min(fair, GET_RECORDS_COUNT_MAX);
    const affordable = order.slice(0, Math.floor(this.#capacityRecords / limit));
    const polls = affordable.map((held) =>
      pollLease(held, this.plan.streamName, this.client, limit),
    );
    const results = await Promise.allSettled(polls);
    for (const result of results) {
      this.#capacityRecords -= result.status === 'fulfilled' ? result.value : 0;
    }
    await this.#checkpoint(nowMs);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      throw failed.reason;
    }
  }

  #earnCapacity(nowMs: number): void {
    const share = this.mode === 'slow' ? SLOW_SHARE : 1;
    const perSecond =
      (share * this.plan.recordsPerSecond * this.plan.wave(nowMs)) / this.plan.workerCount;
    const earned = (perSecond * (nowMs - this.#lastPollMs)) / 1000;
    this.#lastPollMs = nowMs;
    const most = Math.max(1, (perSecond * SAVED_UP_MAX_MS) / 1000);
    this.#capacityRecords = Math.min(this.#capacityRecords + earned, most);
  }

  async #readyLeases(): Promise<HeldLease[]> {
    const all = [...this.#held.values()].filter(({ end }) => end === null);
    const isWaiting = ({ lease, iterator }: HeldLease) =>
      iterator === null && lease.parentShardIds.length > 0;
    if (all.some(isWaiting)) {
      this.#table = await this.store.list();
    }
    return all.filter((held) => !isWaiting(held) || isReadyToRead(held.lease, this.#table));
  }

  async #checkpoint(nowMs: number): Promise<void> {
    for (const held of [...this.#held.values()]) {
      if (held.end !== null) {
        await this.#finish(held, held.end);
      } else if (nowMs >= held.nextCheckpointMs) {
        held.nextCheckpointMs = nowMs + this.#checkpointPause();
        if (held.processed !== held.lease.checkpoint) {
          await this.#write(held, {
            checkpoint: held.processed,
            ownerSwitchesSinceCheckpoint: 0,
          });
        }
      }
    }
  }

  /** The shard is read to its end: first its children get leases, then it is marked, so that none is missed. */
  async #finish(held: HeldLease, children: readonly ShardDescription[]): Promise<void> {
    for (const child of children) {
      await this.store.create(newLease(child));
    }
    await this.#write(held, {
      checkpoint: SHARD_END,
      childShardIds: children.map(({ shardId }) => shardId),
      ownerSwitchesSinceCheckpoint: 0,
    });
    this.#held.delete(held.lease.leaseKey);
    this.#nextTakeMs = Number.NEGATIVE_INFINITY;
  }

  /** Every write renews. A lease that somebody else has written meanwhile is lost. */
  async #write(held: HeldLease, change: Partial<Lease>): Promise<void> {
    const before = held.lease;
    const after = { ...before, ...change, leaseCounter: before.leaseCounter + 1 };
    if (await this.store.update(after, before.leaseCounter)) {
      held.lease = after;
    } else {
      this.#held.delete(before.leaseKey);
    }
  }

  #checkpointPause(): number {
    const { least, most } = CHECKPOINT_EVERY_MS;
    return Math.floor(between(this.#random, least, most));
  }
}

function newLease(shard: ShardDescription): Lease {
  return {
    leaseKey: shard.shardId,
    leaseOwner: null,
    leaseCounter: 0,
    checkpoint: TRIM_HORIZON,
    ownerSwitchesSinceCheckpoint: 0,
    parentShardIds: shard.parentShardIds,
    childShardIds: [],
    startingHashKey: shard.startingHashKey,
    endingHashKey: shard.endingHashKey,
    throughputKBps: 0,
  };
}

function rotate<T>(list: readonly T[], by: number): readonly T[] {
  return [...list.slice(by), ...list.slice(0, by)];
}
