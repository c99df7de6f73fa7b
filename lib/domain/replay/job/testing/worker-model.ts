import { uniformRanges } from '#lib/domain/hash-range.ts';
import { type Batch, SendBuffer } from '#lib/domain/replay/buffer/send-buffer.ts';
import type { ReplayOrder, Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import {
  answerEntry,
  type RequestAnswer,
  readOutcome,
  toSendAgain,
} from '#lib/domain/replay/emit/outcome.ts';
import { commitGroup, takeOver } from '#lib/domain/replay/job/commit-group.ts';
import type { Intent, JournalEntry } from '#lib/domain/replay/job/journal.ts';
import { spansOf } from '#lib/domain/replay/job/position.ts';
import {
  isSettled,
  type SliceProgress,
  unreadableRest,
} from '#lib/domain/replay/job/slice-progress.ts';
import { type ModelArchive, sendableAt } from './archive-model.ts';
import type { RequestFate, TargetModel } from './target-model.ts';

/** What one worker can do at a time, in any order. */
export const WORKER_ACTIONS = ['read', 'batch', 'commit', 'send', 'hear', 'reshard'] as const;
type WorkerAction = (typeof WORKER_ACTIONS)[number];

export type Turn = {
  readonly action: WorkerAction;
  readonly fate: RequestFate;
  /** Chooses among what there is. */
  readonly pick: number;
  /** What becomes of a commit. `unheard`: it is done, but the worker dies before it knows. */
  readonly commit: 'done' | 'unheard' | 'not-done';
};

export type ModelStore = { progress: SliceProgress };

/** `before-emit` is what must not be: it writes down as acknowledged what it is about to send. */
export type Discipline = 'checkpoint-after-emit' | 'checkpoint-before-emit';

export type ModelWorld = {
  readonly archive: ModelArchive;
  /** Objects that are not any more what the manifest says: reading them fails from now on. */
  readonly changed: ReadonlySet<number>;
  readonly target: TargetModel;
  readonly store: ModelStore;
  readonly order: ReplayOrder;
  readonly discipline: Discipline;
};

type Request = { readonly name: string; readonly batch: Batch<Sendable> };

const CONCURRENCY = 3;
const WINDOW = { records: 8, bytes: 10_000, reach: 12 };

/**
 * For tests: a worker that holds a slice, made of the cores that the real one is made of. Everything that it knows and
 * has not written down is lost with it.
 */
export class WorkerModel {
  readonly #archive: ModelArchive;
  readonly #changed: ReadonlySet<number>;
  readonly #target: TargetModel;
  readonly #store: ModelStore;
  readonly #discipline: Discipline;
  readonly #buffer: SendBuffer<Sendable>;
  readonly #token: number;
  #progress: SliceProgress;
  #next = { object: 0, ordinal: 0 };
  #entries: JournalEntry[] = [];
  #prepared: Request[] = [];
  #cleared: Request[] = [];
  #underWay: (Request & { readonly answer: RequestAnswer })[] = [];
  #isAlive = true;
  #names = 0;

  constructor({ archive, changed, target, store, order, discipline }: ModelWorld) {
    this.#archive = archive;
    this.#changed = changed;
    this.#target = target;
    this.#store = store;
    this.#discipline = discipline;
    this.#token = store.progress.token + 1;
    this.#progress = takeOver(store.progress, this.#token);
    store.progress = this.#progress;
    this.#buffer = new SendBuffer<Sendable>({
      order,
      shards: uniformRanges(2),
      recordBytesMax: 1_000,
      window: WINDOW,
    });
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  turn(turn: Turn): void {
    if (!this.#isAlive) return;
    const actions: Readonly<Record<WorkerAction, () => void>> = {
      read: () => {
        for (let i = 0; i <= turn.pick % 5; i += 1) this.#read();
      },
      batch: () => this.#batch(),
      commit: () => this.#commit(turn),
      send: () => this.#send(turn),
      hear: () => this.#hear(turn),
      reshard: () => this.#buffer.resharded(uniformRanges(1 + (turn.pick % 4))),
    };
    actions[turn.action]();
  }

  #read(): void {
    const { object, ordinal } = this.#next;
    const units = this.#archive[object];
    if (units === undefined || !this.#buffer.hasRoom) return;
    const unit = units[ordinal];
    const isDone = isSettled(this.#progress, { object, ordinal: Number.POSITIVE_INFINITY });
    if (unit === undefined || this.#changed.has(object)) {
      if (unit !== undefined && !isDone) this.#giveUp(object, ordinal);
      else if (!isDone) this.#entries.push({ kind: 'object-end', object, units: units.length });
      this.#next = { object: object + 1, ordinal: 0 };
      return;
    }
    this.#next = { object, ordinal: ordinal + 1 };
    if (isSettled(this.#progress, { object, ordinal })) return;
    if (unit.fate === 'send') {
      this.#buffer.offer(sendableAt(this.#archive, object, ordinal));
    } else {
      const spans = [{ object, first: ordinal, last: ordinal }];
      this.#entries.push({ kind: 'settle', as: unit.fate, spans });
    }
  }

  #giveUp(object: number, decoded: number): void {
    const { spans, units } = unreadableRest(this.#progress, object, decoded);
    this.#entries.push(
      { kind: 'settle', as: 'quarantined', spans },
      { kind: 'object-end', object, units },
    );
  }

  #batch(): void {
    const busy = this.#prepared.length + this.#cleared.length + this.#underWay.length;
    if (busy >= CONCURRENCY) return;
    const batch = this.#buffer.next({ tryTake: () => true });
    if (batch === null) return;
    this.#names += 1;
    const name = `${this.#token}.${this.#names}`;
    this.#prepared.push({ name, batch });
    this.#entries.push(intentOf(name, batch));
  }

  #commit({ commit }: Turn): void {
    if (commit === 'not-done') {
      this.#isAlive = false;
      return;
    }
    const group = { token: this.#token, entries: this.#entries };
    const committed = commitGroup(this.#store.progress, group);
    if (!committed.ok) {
      if (committed.fault !== 'stale-token') throw new Error(committed.fault);
      this.#isAlive = false;
      return;
    }
    this.#store.progress = committed.progress;
    if (this.#discipline === 'checkpoint-before-emit') this.#claim();
    this.#progress = this.#store.progress;
    this.#entries = [];
    this.#cleared.push(...this.#prepared.splice(0));
    this.#isAlive = commit === 'done';
  }

  /** The fault that a checker has to find. */
  #claim(): void {
    const entries = this.#prepared.map(({ name, batch }) =>
      answerEntry(intentOf(name, batch), readOutcome(batch, answeredAll(batch), [])),
    );
    const claimed = commitGroup(this.#store.progress, { token: this.#token, entries });
    if (claimed.ok) this.#store.progress = claimed.progress;
  }

  #send({ pick, fate }: Turn): void {
    const [request] = this.#cleared.splice(pick % Math.max(1, this.#cleared.length), 1);
    if (request === undefined) return;
    const answer = this.#target.put(request.batch.records, fate, pick);
    this.#underWay.push({ ...request, answer });
  }

  #hear({ pick }: Turn): void {
    const [request] = this.#underWay.splice(pick % Math.max(1, this.#underWay.length), 1);
    if (request === undefined) return;
    const { name, batch, answer } = request;
    const outcome = readOutcome(batch, answer, []);
    if (this.#discipline === 'checkpoint-before-emit') {
      this.#buffer.acknowledged(batch.records);
      return;
    }
    this.#buffer.acknowledged(outcome.acknowledged);
    this.#entries.push({ kind: 'inversions', records: this.#buffer.takeInversions() });
    this.#buffer.sendAgain(toSendAgain(batch, outcome));
    this.#entries.push(answerEntry(intentOf(name, batch), outcome));
  }
}

function intentOf(request: string, batch: Batch<Sendable>): Intent {
  return { kind: 'intent', request, spans: spansOf(batch.records) };
}

function answeredAll(batch: Batch<Sendable>): RequestAnswer {
  return { kind: 'answered', records: batch.records.map(() => ({ ok: true, shardId: '' })) };
}
