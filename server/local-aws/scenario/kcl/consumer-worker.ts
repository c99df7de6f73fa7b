import { GET_RECORDS_COUNT_MAX } from '#lib/domain/limits.ts';
import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import type { Actor } from '#server/local-aws/scenario/actor.ts';
import {
  ClientFault,
  type KinesisClientPort,
  type ShardDescription,
} from '#server/local-aws/scenario/kinesis-client-port.ts';
import { between, type Random } from '#server/local-aws/scenario/seeded-random.ts';
import type { CheckpointLedger } from './checkpoint-ledger.ts';
import { type ConsumerPlan, isVersion3, SLOW_SHARE, type WorkerMode } from './consumer-plan.ts';
import { type Fleet, REPORT_EVERY_MS } from './fleet.ts';
import { type HeldLease, holdLease, type Place, pollLease } from './held-lease.ts';
import {
  type Lease,
  type LeaseChange,
  type LeaseStore,
  SHARD_END,
  streamNameOf,
  TRIM_HORIZON,
} from './lease.ts';
import {
  isReadyToRead,
  leasesToTake,
  type Sighting,
  seeLeases,
  type Taking,
} from './lease-taking.ts';
import { missingLeases } from './missing-leases.ts';
import type { ShardWitness } from './shard-witness.ts';

/** A third of the fail-over time, as in the library. */
const RENEW_EVERY_MS = 3_300;
/** The library looks for leases to take as often as they can expire. */
const TAKE_EVERY_MS = 10_000;
/** The library's audit for shards without a lease. */
const AUDIT_EVERY_MS = 120_000;
/** Capacity that was not used is kept for so long, and then lost: a worker cannot save up its time. */
const SAVED_UP_MAX_MS = 2_000;

export type ConsumerWorkerInit = {
  readonly name: string;
  readonly plan: ConsumerPlan;
  readonly client: KinesisClientPort;
  readonly store: LeaseStore;
  readonly fleet: Fleet;
  readonly ledger: CheckpointLedger;
  /** Sees what the worker itself cannot: for the ledger alone. */
  readonly witness: ShardWitness;
  readonly random: Random;
  readonly fromMs: number;
  readonly isAuditing: boolean;
};

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
  taking: Taking = 'share';
  /** Leases that it works on at most, where it takes everything. */
  leasesMost = Number.POSITIVE_INFINITY;
  /** Whether it lets go of a lease that another worker is to have. Version 3 only. */
  handsOver = true;
  client: KinesisClientPort;
  store: LeaseStore;
  readonly plan: ConsumerPlan;
  readonly #fleet: Fleet;
  readonly #ledger: CheckpointLedger;
  readonly #witness: ShardWitness;
  readonly #random: Random;
  readonly #held = new Map<string, HeldLease>();
  /** Leases of shards that the stream does not have: the library gives them up. */
  readonly #hopeless = new Set<string>();
  readonly #streamIds = new Map<string, string>();
  #table: readonly Lease[] = [];
  #sightings: ReadonlyMap<string, Sighting> = new Map();
  #nextDueMs: number;
  #nextRenewMs: number;
  #nextTakeMs: number;
  #nextReportMs: number;
  readonly #isAuditor: boolean;
  #nextAuditMs = 0;
  #lastPollMs: number;
  #lastRenewMs: number;
  #capacityRecords = 0;
  #earnedRecords = 0;
  #usedRecords = 0;

  constructor(init: ConsumerWorkerInit) {
    this.name = init.name;
    this.plan = init.plan;
    this.client = init.client;
    this.store = init.store;
    this.#fleet = init.fleet;
    this.#ledger = init.ledger;
    this.#witness = init.witness;
    this.audit = init.isAuditing ? 'due' : 'off';
    this.#isAuditor = init.isAuditing;
    this.#random = init.random;
    // Workers start one after the other, and stay out of step.
    this.#nextDueMs = init.fromMs + Math.floor(between(init.random, 0, init.plan.pollMs));
    this.#nextTakeMs = init.fromMs;
    this.#nextRenewMs = init.fromMs + Math.floor(between(init.random, 0, RENEW_EVERY_MS));
    this.#nextReportMs = init.fromMs;
    this.#lastPollMs = this.#lastRenewMs = init.fromMs;
  }

  get nextDueMs(): number {
    return this.#nextDueMs;
  }

  get isAuditor(): boolean {
    return this.#isAuditor;
  }

  /** Shards that it works on, for reports. */
  get heldShardIds(): readonly string[] {
    return [...this.#held.values()].map(({ lease }) => lease.shardId);
  }

  /** How far it has read under a lease that it holds; null for one that it does not. */
  placeOf(leaseKey: string): Place | null {
    return this.#held.get(leaseKey)?.processed ?? null;
  }

  /** Goes on with another client and table, which hold the same. */
  moveTo(client: KinesisClientPort, store: LeaseStore): void {
    this.client = client;
    this.store = store;
    for (const held of this.#held.values()) {
      held.iterator = null;
    }
  }

  /** Ends for good. */
  retire(): void {
    this.mode = 'dead';
    this.#held.clear();
    this.#nextDueMs = Number.POSITIVE_INFINITY;
  }

  /** @throws ClientFault of a read that failed, after everything else has been done. */
  async act(nowMs: number): Promise<void> {
    this.#nextDueMs = Math.max(this.#nextDueMs + this.plan.pollMs, nowMs);
    if (this.mode === 'dead') {
      // A process that has ended remembers nothing.
      this.#held.clear();
      this.#hopeless.clear();
      this.#sightings = new Map();
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
    this.#report(nowMs);
    await this.#handOver();
    if (this.mode === 'stalled') {
      this.#lastPollMs = nowMs;
      return;
    }
    await this.#poll(nowMs);
  }

  async #createMissingLeases(): Promise<void> {
    const table = await this.store.list();
    for (const streamName of this.plan.streamNames) {
      const streamId = await this.#streamIdOf(streamName);
      const shards = await this.#listShards(streamName);
      const leases = table.filter((lease) => lease.streamId === streamId);
      for (const { shard, checkpoint } of missingLeases(shards, leases, this.plan)) {
        await this.store.create(newLease(shard, streamId, checkpoint));
      }
    }
  }

  /** None of a stream that is gone: the library goes on with the leases that it has. */
  async #listShards(streamName: string): Promise<readonly ShardDescription[]> {
    try {
      return await this.client.listShards(streamName);
    } catch (error) {
      if (error instanceof ClientFault && error.kind === 'not-found') return [];
      throw error;
    }
  }

  /** @returns null in an application of one stream */
  async #streamIdOf(streamName: string): Promise<string | null> {
    if (this.plan.streamNames.length === 1) return null;
    const known = this.#streamIds.get(streamName);
    if (known !== undefined) return known;
    const { accountId, createdAtMs } = await this.client.describeStream(streamName);
    const streamId = `${accountId}:${streamName}:${Math.floor(createdAtMs / 1_000)}`;
    this.#streamIds.set(streamName, streamId);
    return streamId;
  }

  async #takeLeases(nowMs: number): Promise<void> {
    this.#table = await this.store.list();
    this.#sightings = seeLeases(this.#table, this.#sightings, nowMs);
    for (const lease of this.#table) {
      // What it was given while it waited. A process of an earlier version does not look.
      const isGiven = lease.leaseOwner === this.name && lease.checkpointOwner === null;
      if (isVersion3(this.plan.library) && isGiven && lease.checkpoint !== SHARD_END) {
        await this.#pickUp(lease, nowMs);
      }
    }
    const wanted = leasesToTake(
      {
        worker: this.name,
        held: new Set(this.#held.keys()),
        leases: this.#table.filter(({ leaseKey }) => !this.#hopeless.has(leaseKey)),
        sightings: this.#sightings,
        nowMs,
        random: this.#random,
        most: this.leasesMost,
      },
      this.taking,
    );
    for (const lease of wanted) {
      await this.#take(lease, nowMs);
    }
  }

  async #pickUp(lease: Lease, nowMs: number): Promise<void> {
    if (this.#held.has(lease.leaseKey) || this.#hopeless.has(lease.leaseKey)) return;
    const change = { leaseCounter: lease.leaseCounter + 1 };
    this.#hold(await this.store.update(lease.leaseKey, change, lease.leaseCounter), nowMs);
  }

  async #take(lease: Lease, nowMs: number): Promise<void> {
    const { leaseKey, leaseOwner, leaseCounter } = lease;
    const isAlive = nowMs - (this.#sightings.get(leaseKey)?.sinceMs ?? nowMs) < TAKE_EVERY_MS;
    if (isVersion3(this.plan.library) && leaseOwner !== null && isAlive) {
      // Its owner finishes what it has begun, and lets go; renewals of its are not disturbed by that, nor do they
      // disturb it.
      const wish = { leaseOwner: this.name, checkpointOwner: leaseOwner };
      await this.store.update(leaseKey, wish, { soleOwner: leaseOwner });
      return;
    }
    const isSwitch = leaseOwner !== null && leaseOwner !== this.name;
    const taken = await this.store.update(
      leaseKey,
      {
        leaseOwner: this.name,
        checkpointOwner: null,
        leaseCounter: leaseCounter + 1,
        ownerSwitchesSinceCheckpoint: lease.ownerSwitchesSinceCheckpoint + (isSwitch ? 1 : 0),
      },
      leaseCounter,
    );
    this.#hold(taken, nowMs);
  }

  #hold(lease: Lease | null, nowMs: number): void {
    if (lease !== null) {
      this.#held.set(lease.leaseKey, holdLease(lease, nowMs + this.#checkpointPause()));
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

  #report(nowMs: number): void {
    if (!isVersion3(this.plan.library) || nowMs < this.#nextReportMs) return;
    this.#nextReportMs = nowMs + REPORT_EVERY_MS;
    const busy = this.#earnedRecords === 0 ? 0 : (100 * this.#usedRecords) / this.#earnedRecords;
    this.#earnedRecords = this.#usedRecords = 0;
    this.#fleet.report(this.name, nowMs, Math.min(100, busy));
    if (this.#isAuditor) this.#fleet.lead(this.name);
  }

  /** Finishes what others are to have, and lets go of it. */
  async #handOver(): Promise<void> {
    if (!this.handsOver || this.mode === 'stalled') return;
    for (const held of [...this.#held.values()]) {
      if (!isWanted(held)) continue;
      if (held.processed.checkpoint !== held.lease.checkpoint) {
        await this.#commit(held, held.processed);
      }
      await this.#write(held, {
        checkpointOwner: null,
        ownerSwitchesSinceCheckpoint: held.lease.ownerSwitchesSinceCheckpoint + 1,
      });
      this.#held.delete(held.lease.leaseKey);
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
    const results = await Promise.allSettled(affordable.map((held) => this.#read(held, limit)));
    for (const result of results) {
      const records = result.status === 'fulfilled' ? result.value : 0;
      this.#capacityRecords -= records;
      this.#usedRecords += records;
    }
    if (this.mode !== 'zombie') {
      await this.#checkpoint(nowMs);
    }
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      throw failed.reason;
    }
  }

  /** @returns how many records were processed */
  async #read(held: HeldLease, limit: number): Promise<number> {
    const { streamNames, startAt } = this.plan;
    const streamName = streamNameOf(held.lease, streamNames);
    const poll = await pollLease(held, { streamName, startAt, client: this.client }, limit);
    if (poll.kind === 'read') return poll.records;
    this.#held.delete(held.lease.leaseKey);
    this.#hopeless.add(held.lease.leaseKey);
    return 0;
  }

  #earnCapacity(nowMs: number): void {
    const share = this.mode === 'slow' ? SLOW_SHARE : 1;
    const perSecond =
      (share * this.plan.recordsPerSecond * this.plan.wave(nowMs)) / this.plan.workerCount;
    const earned = (perSecond * (nowMs - this.#lastPollMs)) / 1000;
    this.#lastPollMs = nowMs;
    this.#earnedRecords += earned;
    const most = Math.max(1, (perSecond * SAVED_UP_MAX_MS) / 1000);
    this.#capacityRecords = Math.min(this.#capacityRecords + earned, most);
  }

  async #readyLeases(): Promise<HeldLease[]> {
    const all = [...this.#held.values()].filter((held) => held.end === null && !isWanted(held));
    const isWaiting = ({ lease, iterator }: HeldLease) =>
      iterator === null && lease.parentShardIds.length > 0;
    if (all.some(isWaiting)) {
      this.#table = await this.store.list();
    }
    return all.filter((held) => !isWaiting(held) || isReadyToRead(held.lease, this.#table));
  }

  async #checkpoint(nowMs: number): Promise<void> {
    for (const held of [...this.#held.values()]) {
      if (isWanted(held)) continue;
      if (held.prepared !== null) {
        const { prepared } = held;
        held.prepared = null;
        await this.#commit(held, prepared);
      }
      if (held.end !== null) {
        await this.#finish(held, held.end);
      } else if (nowMs >= held.nextCheckpointMs) {
        held.nextCheckpointMs = nowMs + this.#checkpointPause();
        if (held.processed.checkpoint === held.lease.checkpoint) continue;
        if (this.plan.preparesCheckpoints) {
          held.prepared = held.processed;
          await this.#write(held, { pendingCheckpoint: held.processed.checkpoint });
        } else {
          await this.#commit(held, held.processed);
        }
      }
    }
  }

  /**
   * The shard is read to its end: first its children get leases, then it is marked, so that none is missed. It is tried
   * again while the other parent of a merged shard has no lease, being itself the child of one that is not read to its
   * end: a child with a parent that has no lease would be read at once. As in the library: ShutdownTask.java,
   * createLeasesForChildShardsIfNotExist.
   */
  async #finish(held: HeldLease, children: readonly ShardDescription[]): Promise<void> {
    const { streamId } = held.lease;
    if (!(await this.#haveAllParentsLeases(children, streamId))) return;
    for (const child of children) {
      await this.store.create(newLease(child, streamId, TRIM_HORIZON));
    }
    const end = { checkpoint: SHARD_END, arrivalMs: null };
    const childShardIds = children.map(({ shardId }) => shardId);
    // Whoever was to have it finds nothing left.
    await this.#commit(held, end, { childShardIds, checkpointOwner: null });
    this.#held.delete(held.lease.leaseKey);
    this.#nextTakeMs = Number.NEGATIVE_INFINITY;
  }

  async #haveAllParentsLeases(
    children: readonly ShardDescription[],
    streamId: string | null,
  ): Promise<boolean> {
    if (children.every(({ parentShardIds }) => parentShardIds.length < 2)) return true;
    const table = await this.store.list();
    const leased = new Set(
      table.filter((lease) => lease.streamId === streamId).map(({ shardId }) => shardId),
    );
    return children.every(({ parentShardIds }) => parentShardIds.every((id) => leased.has(id)));
  }

  async #commit(held: HeldLease, place: Place, more: LeaseChange = {}): Promise<void> {
    const { lease } = held;
    const { checkpoint, arrivalMs } = place;
    const streamName = streamNameOf(lease, this.plan.streamNames);
    const sequenceNumber = parseSequenceNumber(checkpoint);
    const hadUnread =
      sequenceNumber !== null &&
      this.#witness.hasRecordAfter(streamName, lease.shardId, sequenceNumber);
    const atMs = this.#witness.nowMs();
    const change = { checkpoint, pendingCheckpoint: null, ownerSwitchesSinceCheckpoint: 0 };
    if (await this.#write(held, { ...change, ...more })) {
      const written = { atMs, worker: this.name, checkpoint, arrivalMs, hadUnread };
      this.#ledger.write(lease.leaseKey, written);
    }
  }

  /**
   * Every write renews. A lease that somebody else has written meanwhile is lost.
   * @returns whether it was written
   */
  async #write(held: HeldLease, change: LeaseChange): Promise<boolean> {
    const { leaseKey, leaseCounter } = held.lease;
    const renewed = { ...change, leaseCounter: leaseCounter + 1 };
    const after = await this.store.update(leaseKey, renewed, leaseCounter);
    if (after === null) {
      this.#held.delete(leaseKey);
      return false;
    }
    held.lease = after;
    return true;
  }

  #checkpointPause(): number {
    const { least, most } = this.plan.checkpointMs;
    return Math.floor(between(this.#random, least, most));
  }
}

/** Another worker is to have it. */
function isWanted({ lease }: HeldLease): boolean {
  return lease.checkpointOwner !== null;
}

function newLease(shard: ShardDescription, streamId: string | null, checkpoint: string): Lease {
  const { shardId } = shard;
  return {
    leaseKey: streamId === null ? shardId : `${streamId}:${shardId}`,
    shardId,
    streamId,
    leaseOwner: null,
    checkpointOwner: null,
    leaseCounter: 0,
    checkpoint,
    pendingCheckpoint: null,
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
