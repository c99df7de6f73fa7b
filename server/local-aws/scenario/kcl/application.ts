import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Actor } from '#server/local-aws/scenario/actor.ts';
import type { KinesisClientPort } from '#server/local-aws/scenario/kinesis-client-port.ts';
import { seededRandom, subSeed } from '#server/local-aws/scenario/seeded-random.ts';
import { CheckpointLedger } from './checkpoint-ledger.ts';
import { type ConsumerPlan, isVersion3, type WorkerMode, workerName } from './consumer-plan.ts';
import { ConsumerWorker } from './consumer-worker.ts';
import { dynamoLeaseStore } from './dynamo-lease-store.ts';
import { createTables, deleteTables } from './dynamo-tables.ts';
import { Fleet, REPORT_EVERY_MS } from './fleet.ts';
import { Interruption } from './interruption.ts';
import { type Lease, type LeaseChange, type LeaseStore, SHARD_END, streamNameOf } from './lease.ts';
import { LeaseMirror } from './lease-mirror.ts';
import type { Taking } from './lease-taking.ts';
import { earlierCheckpoint, orphanLike, tamperWithLeases } from './lease-tampering.ts';
import { type LeaseTruth, leaseTruth } from './lease-truth.ts';
import { MemoryLeaseStore } from './memory-lease-store.ts';
import type { ShardWitness } from './shard-witness.ts';
import { writeRows } from './table-writer.ts';

export type ApplicationInit = {
  readonly plan: ConsumerPlan;
  readonly client: KinesisClientPort;
  readonly witness: ShardWitness;
  readonly seed: number;
  readonly fromMs: number;
};

/** Which leases a switch is about: those of some shards, or all. */
type Shards = readonly string[] | undefined;

/**
 * One consumer application: its workers, its tables, and the switches by which tests and demonstrations put it into
 * trouble. Its leases are in memory until `prepare`; then in memory and in DynamoDB, the same in both between `pull` and
 * `push`; from `goLive` on in DynamoDB alone.
 */
export class Application {
  readonly plan: ConsumerPlan;
  readonly #workers: ConsumerWorker[] = [];
  readonly #fleet = new Fleet();
  readonly #ledger = new CheckpointLedger();
  readonly #memory = new MemoryLeaseStore();
  readonly #witness: ShardWitness;
  readonly #seed: number;
  readonly #others: readonly Actor[];
  readonly #orphans = new Set<string>();
  #client: KinesisClientPort;
  #store: LeaseStore = this.#memory;
  #dynamodb: DynamoDBClient | null = null;
  #mirror: LeaseMirror | null = null;
  #started = 0;
  #isRemoved = false;

  constructor(init: ApplicationInit) {
    this.plan = init.plan;
    this.#client = init.client;
    this.#witness = init.witness;
    this.#seed = init.seed;
    const { workerCount, interruption } = init.plan;
    this.startWorkers(workerCount, init.fromMs);
    const interrupted = interruption === null ? undefined : this.#workers[interruption.worker];
    this.#others = [
      ...(interrupted === undefined || interruption === null
        ? []
        : [new Interruption(interrupted, interruption, init.fromMs)]),
      ...(isVersion3(init.plan.library) ? [this.#publisher(init.fromMs)] : []),
    ];
  }

  get name(): string {
    return this.plan.application;
  }

  get workers(): readonly ConsumerWorker[] {
    return this.#workers;
  }

  get store(): LeaseStore {
    return this.#store;
  }

  /** Its workers, and what happens to them. */
  get actors(): readonly Actor[] {
    return [...this.#workers, ...this.#others];
  }

  /** Makes its tables, empty. */
  async prepare(dynamodb: DynamoDBClient): Promise<void> {
    await createTables(dynamodb, this.plan);
    this.#dynamodb = dynamodb;
    this.#mirror = new LeaseMirror(dynamodb, this.plan, this.#memory);
  }

  /** Before the clock moves: takes over what others wrote to its tables. */
  async pull(): Promise<void> {
    await this.#mirror?.pull();
  }

  /** When the clock stands still again: its tables in DynamoDB are as its workers left them. */
  async push(): Promise<void> {
    await this.#mirror?.push();
    if (this.#mirror !== null) await this.#publish();
  }

  /** Hands it over to the wire. @throws Error before `prepare` */
  async goLive(client: KinesisClientPort): Promise<void> {
    const dynamodb = this.#dynamodb;
    if (dynamodb === null) throw new Error(`The tables of ${this.name} are not made`);
    await this.push();
    this.#mirror = null;
    this.#client = client;
    this.#store = dynamoLeaseStore(dynamodb, this.plan);
    for (const worker of this.#workers) worker.moveTo(client, this.#store);
  }

  /** Ends its workers, and takes its tables away. */
  async remove(): Promise<void> {
    this.#isRemoved = true;
    for (const worker of this.#workers) worker.retire();
    if (this.#dynamodb !== null) await deleteTables(this.#dynamodb, this.plan);
    this.#mirror = null;
    this.#dynamodb = null;
  }

  /** @returns the new ones, for whoever runs them */
  startWorkers(count: number, nowMs: number): readonly ConsumerWorker[] {
    const started = Array.from({ length: count }, () => {
      const index = this.#started;
      this.#started += 1;
      const name = workerName(this.name, index);
      return new ConsumerWorker({
        name,
        plan: this.plan,
        client: this.#client,
        store: this.#store,
        fleet: this.#fleet,
        ledger: this.#ledger,
        witness: this.#witness,
        random: seededRandom(subSeed(this.#seed, name)),
        fromMs: nowMs,
        isAuditing: index === 0,
      });
    });
    this.#workers.push(...started);
    return started;
  }

  /** Ends the workers that were started last; what they held expires. */
  stopWorkers(count: number): void {
    for (const worker of this.#workers.splice(Math.max(1, this.#workers.length - count))) {
      worker.retire();
    }
  }

  setMode(mode: WorkerMode, workers: readonly ConsumerWorker[] = this.#workers): void {
    for (const worker of workers) worker.mode = mode;
  }

  /** Ends whatever it was told before: see each switch. What was written to its table stays, but for orphans. */
  async recover(workers: readonly ConsumerWorker[] = this.#workers): Promise<void> {
    for (const worker of workers) {
      worker.mode = 'running';
      worker.taking = 'share';
      worker.handsOver = true;
      worker.audit = 'due';
    }
    for (const leaseKey of this.#orphans) await this.#store.remove(leaseKey);
    this.#orphans.clear();
  }

  /** Deletes leases, and nobody makes new ones until it recovers. */
  async loseLeases(shards?: Shards): Promise<void> {
    for (const worker of this.#workers) worker.audit = 'off';
    for (const lease of await this.#store.list()) {
      if (isOneOf(lease, shards)) await this.#store.remove(lease.leaseKey);
    }
  }

  /** Takes the owner off leases, and nobody takes them until it recovers. */
  async unassign(shards?: Shards): Promise<void> {
    this.#setTaking('nothing');
    await this.#tamper(shards, () => ({ leaseOwner: null, checkpointOwner: null }));
  }

  /** Workers take leases from each other all the time. */
  churn(): void {
    this.#setTaking('another');
  }

  /** One worker takes all leases, or so many, and the others let it. */
  hog(hog: ConsumerWorker, leasesMost = Number.POSITIVE_INFINITY): void {
    this.#setTaking('nothing');
    hog.taking = 'everything';
    hog.leasesMost = leasesMost;
  }

  /**
   * A lease is to go to another worker, and its owner never lets go of it. Nobody takes others meanwhile.
   * @returns false where there is no such pair: one worker only, or a library that knows no handing over
   */
  async freezeHandover(): Promise<boolean> {
    if (!isVersion3(this.plan.library)) return false;
    for (const worker of this.#workers) worker.handsOver = false;
    this.#setTaking('nothing');
    let frozen = 0;
    await tamperWithLeases(this.#store, ({ leaseOwner, leaseCounter, checkpoint }) => {
      const heir = this.#workers.find(({ name, mode }) => name !== leaseOwner && mode !== 'dead');
      if (frozen > 0 || leaseOwner === null || heir === undefined || checkpoint === SHARD_END) {
        return null;
      }
      frozen += 1;
      // The leader's assignment moves no counter: the owner goes on renewing.
      return { leaseOwner: heir.name, checkpointOwner: leaseOwner, leaseCounter };
    });
    return frozen > 0;
  }

  /** Sets checkpoints back to what they were so long ago. */
  async rewind(byMs: number, nowMs: number, shards?: Shards): Promise<void> {
    await this.#tamper(shards, (lease) => ({
      checkpoint: earlierCheckpoint(lease, this.#ledger, nowMs - byMs),
      pendingCheckpoint: null,
    }));
  }

  /** Writes any text as checkpoint. */
  async setCheckpoint(checkpoint: string, shards?: Shards): Promise<void> {
    await this.#tamper(shards, () => ({ checkpoint, pendingCheckpoint: null }));
  }

  /** Leaves a lease of a shard that its stream does not have. */
  async addOrphan(): Promise<void> {
    const [first] = await this.#store.list();
    if (first === undefined) return;
    const orphan = orphanLike(first);
    await this.#store.create(orphan);
    this.#orphans.add(orphan.leaseKey);
  }

  /** Where it really stands on each shard. */
  async truth(nowMs: number): Promise<readonly LeaseTruth[]> {
    return (await this.#store.list()).map((lease) => {
      const worker = this.#workers.find(
        (one) => one.mode !== 'dead' && one.placeOf(lease.leaseKey) !== null,
      );
      const place = worker?.placeOf(lease.leaseKey) ?? null;
      return leaseTruth({
        lease,
        streamName: streamNameOf(lease, this.plan.streamNames),
        ledger: this.#ledger,
        witness: this.#witness,
        holder: worker === undefined || place === null ? null : { name: worker.name, place },
        nowMs,
      });
    });
  }

  #setTaking(taking: Taking): void {
    for (const worker of this.#workers) worker.taking = taking;
  }

  /** Finished shards are left alone, unless they are asked for. */
  async #tamper(shards: Shards, change: (lease: Lease) => LeaseChange): Promise<void> {
    await tamperWithLeases(this.#store, (lease) => {
      const isMeant =
        shards === undefined ? lease.checkpoint !== SHARD_END : isOneOf(lease, shards);
      return isMeant ? change(lease) : null;
    });
  }

  /** Brings to DynamoDB what its workers tell of themselves, while it is live. */
  #publisher(fromMs: number): Actor {
    const isOver = () => this.#isRemoved;
    const publish = () => (this.#mirror === null ? this.#publish() : Promise.resolve());
    const actor = {
      name: `${this.plan.application}-fleet`,
      nextDueMs: fromMs + REPORT_EVERY_MS,
      async act(nowMs: number) {
        const next = Math.max(actor.nextDueMs + REPORT_EVERY_MS, nowMs);
        actor.nextDueMs = isOver() ? Number.POSITIVE_INFINITY : next;
        await publish();
      },
    };
    return actor;
  }

  async #publish(): Promise<void> {
    if (this.#dynamodb === null) return;
    const rows = this.#fleet.rows(this.name, this.plan.library);
    const writes = rows.map(({ tableName, item }) => ({ tableName, write: { put: item } }));
    await writeRows(this.#dynamodb, writes);
  }
}

function isOneOf({ shardId }: Lease, shards: Shards): boolean {
  return shards === undefined || shards.includes(shardId);
}
