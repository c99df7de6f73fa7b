import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Refusals } from '#lib/domain/advice/facts.ts';
import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import type { ConsumerStatus } from '#lib/domain/consumers/status.ts';
import { type HashKey, hashKey } from '#lib/domain/hash-key.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import type { LineageShard } from '#lib/domain/lineage.ts';
import { type Boundaries, rangesOf } from '#lib/domain/reshard/boundaries.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { compareUse, type PlannedShard } from './compare-use.ts';
import { shardsOfReshard } from './shards-of-reshard.ts';
import { watchApplication } from './watch-application.ts';
import { watchRefusals } from './watch-refusals.ts';
import { watchSpan } from './watch-span.ts';
import { watchVerdict } from './watch-verdict.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const START_MS = 1_790_000_000_000;

/** A stream as Kinesis makes it: shards get numbers in turn, closed ones stay in the lineage. */
class Stream {
  readonly all: LineageShard[] = [];
  #open: { readonly id: string; readonly range: { start: HashKey; end: HashKey } }[] = [];

  constructor(boundaries: Boundaries, atMs: number) {
    for (const range of rangesOf(boundaries)) this.#make(range, atMs, []);
  }

  get boundaries(): Boundaries {
    return this.#open.slice(1).map(({ range }) => range.start);
  }

  /** Toggles boundaries: a split where there is none, else a merge. */
  toggle(at: HashKey, atMs: number): void {
    const right = this.#open.find(({ range }) => range.start === at);
    const left = this.#open.find(({ range }) => range.start < at && at <= range.end + 1n);
    if (left === undefined) throw new RangeError('no such place');
    if (right === undefined) {
      this.#close([left.id], atMs);
      this.#make({ start: left.range.start, end: hashKey(at - 1n) }, atMs, [left.id]);
      this.#make({ start: at, end: left.range.end }, atMs, [left.id]);
    } else {
      this.#close([left.id, right.id], atMs);
      this.#make({ start: left.range.start, end: right.range.end }, atMs, [left.id, right.id]);
    }
  }

  #make(range: { start: HashKey; end: HashKey }, createdAtMs: number, parents: string[]): void {
    const shardId = shardIdOf(this.all.length);
    this.#open = [...this.#open, { id: shardId, range }].sort((a, b) =>
      a.range.start < b.range.start ? -1 : 1,
    );
    this.all.push(lineageShard({ shardId, range, createdAtMs, parents }));
  }

  #close(ids: readonly string[], endedAtMs: number): void {
    this.#open = this.#open.filter(({ id }) => !ids.includes(id));
    for (const [i, each] of this.all.entries()) {
      if (!ids.includes(each.shard.shardId)) continue;
      const shard = { ...each.shard, endingSequenceNumber: 9n as never };
      this.all[i] = { ...each, shard, state: 'closed', endedAtMs };
    }
  }
}

function lineageShard(of: {
  readonly shardId: string;
  readonly range: { start: HashKey; end: HashKey };
  readonly createdAtMs: number;
  readonly parents: readonly string[];
}): LineageShard {
  const { shardId, range, createdAtMs, parents } = of;
  return {
    shard: {
      shardId,
      range,
      parentShardId: parents[0] ?? null,
      adjacentParentShardId: parents[1] ?? null,
      startingSequenceNumber: 1n as never,
      endingSequenceNumber: null,
    },
    state: 'open',
    createdAtMs,
    endedAtMs: null,
    childIds: [],
  };
}

const ids = (shards: readonly LineageShard[]) => shards.map(({ shard }) => shard.shardId);
const at = (tenth: number) => hashKey((2n ** 128n * BigInt(tenth)) / 10n);

describe('the shards of a reshard', () => {
  it('are those that it closed and those that it left open', () => {
    const stream = new Stream([at(5)], START_MS);
    const from = stream.boundaries;
    stream.toggle(at(2), START_MS + MINUTE);
    const found = shardsOfReshard(stream.all, {
      from,
      reached: stream.boundaries,
      beganAtMs: START_MS + MINUTE - SECOND,
      endedAtMs: START_MS + MINUTE + SECOND,
    });
    expect(ids(found.parents)).toEqual([shardIdOf(0)]);
    expect(ids(found.children)).toEqual([shardIdOf(2), shardIdOf(3)]);
    expect(found.unseen).toEqual([]);
    expect(found.layout.map(({ shard }) => shard?.shard.shardId)).toEqual([
      shardIdOf(2),
      shardIdOf(3),
      shardIdOf(1),
    ]);
  });

  it('are its own where the same ranges were made before and after it', () => {
    const stream = new Stream([], START_MS);
    const undo = () => stream.toggle(at(5), START_MS + 2 * MINUTE);
    stream.toggle(at(5), START_MS + MINUTE);
    undo();
    stream.toggle(at(5), START_MS + 3 * MINUTE);
    const of = (minute: number) =>
      ids(
        shardsOfReshard(stream.all, {
          from: [],
          reached: [at(5)],
          beganAtMs: START_MS + minute * MINUTE - 10 * SECOND,
          endedAtMs: START_MS + minute * MINUTE + 10 * SECOND,
        }).children,
      );
    expect(of(1)).toEqual([shardIdOf(1), shardIdOf(2)]);
    expect(of(3)).toEqual([shardIdOf(4), shardIdOf(5)]);
  });

  it('are not known before they are listed', () => {
    const stream = new Stream([], START_MS);
    const found = shardsOfReshard(stream.all, {
      from: [],
      reached: [at(5)],
      beganAtMs: START_MS + MINUTE,
      endedAtMs: null,
    });
    expect(found.children).toEqual([]);
    expect(found.unseen).toEqual(rangesOf([at(5)]));
  });

  it('cover what is different after it, whatever the steps were', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }),
        (first, steps) => {
          const stream = new Stream(first.sort((a, b) => a - b).map(at), START_MS);
          const from = stream.boundaries;
          const beganAtMs = START_MS + MINUTE;
          for (const [i, step] of steps.entries()) {
            stream.toggle(at(step), beganAtMs + i * 30 * SECOND);
          }
          const reached = stream.boundaries;
          const endedAtMs = beganAtMs + steps.length * 30 * SECOND;
          const { parents, children, unseen } = shardsOfReshard(stream.all, {
            from,
            reached,
            beganAtMs,
            endedAtMs,
          });
          expect(unseen).toEqual([]);
          for (const child of children) expect(child.state).toBe('open');
          for (const parent of parents) expect(parent.state).toBe('closed');
          const width = (shards: readonly LineageShard[]) =>
            shards.reduce((sum, { shard: { range } }) => sum + range.end - range.start + 1n, 0n);
          const old = parents.filter(({ createdAtMs }) => createdAtMs === START_MS);
          expect(width(old)).toBeGreaterThanOrEqual(width(children));
        },
      ),
    );
  });
});

const lag = (ms: number) =>
  ({ kind: 'interval', atLeastMs: ms, atMostMs: ms, asOfMs: 0, method: 'checkpoint' }) as const;

function lease(shardId: string, status: ConsumerStatus, change: Partial<LeaseHealth> = {}) {
  const health: LeaseHealth = {
    shardId,
    status,
    sinceMs: null,
    unknown: null,
    lag: status === 'DONE' ? { kind: 'done' } : lag(1_000),
    trend: 'steady',
    backlogRecords: 0,
    backlogBytes: 0,
    owner: 'worker-1',
    checkpointOwner: null,
    pace: 1,
    recordsPerSecond: null,
    caughtUpInMs: null,
    lossInMs: null,
    ...change,
  };
  return health;
}

describe('a consumer after a reshard', () => {
  const stream = new Stream([], START_MS);
  stream.toggle(at(5), START_MS + MINUTE);
  const shards = shardsOfReshard(stream.all, {
    from: [],
    reached: [at(5)],
    beganAtMs: START_MS + MINUTE,
    endedAtMs: START_MS + MINUTE,
  });
  const [parent, left, right] = [shardIdOf(0), shardIdOf(1), shardIdOf(2)];
  const watched = (leases: readonly LeaseHealth[] | null, observedAtMs = START_MS + 2 * MINUTE) =>
    watchApplication(shards, { observedAtMs, leases });

  it('has settled when the parent is at its end and the children are read', () => {
    const done = watched([lease(parent, 'DONE'), lease(left, 'OK'), lease(right, 'OK')]);
    expect(done).toMatchObject({
      verdict: 'settled',
      parents: { drained: 1 },
      children: { advancing: 2 },
    });
    // The library has taken the parent's lease away.
    expect(watched([lease(left, 'OK'), lease(right, 'OK')])).toMatchObject({
      verdict: 'settled',
      parents: { drained: 1 },
    });
  });

  it('is under way while the parent is unread, and the children wait', () => {
    const waiting = watched([
      lease(parent, 'OK', { lag: lag(40_000), backlogRecords: 1_200, caughtUpInMs: 9_000 }),
      lease(left, 'WAITING_PARENT'),
      lease(right, 'UNKNOWN', { unknown: 'no-lease-yet' }),
    ]);
    expect(waiting).toMatchObject({
      verdict: 'under-way',
      parents: { unread: 1 },
      children: { waiting: 2 },
      slowestParent: { shardId: parent, backlogRecords: 1_200 },
    });
  });

  it('has not read a shard of in between that has no lease yet, as what is before it is unread', () => {
    const twice = new Stream([], START_MS);
    twice.toggle(at(5), START_MS + MINUTE);
    twice.toggle(at(2), START_MS + MINUTE + 30 * SECOND);
    const found = shardsOfReshard(twice.all, {
      from: [],
      reached: twice.boundaries,
      beganAtMs: START_MS + MINUTE,
      endedAtMs: START_MS + 2 * MINUTE,
    });
    expect(ids(found.parents)).toEqual([parent, left]);
    const observedAtMs = START_MS + 3 * MINUTE;
    const of = (status: ConsumerStatus) =>
      watchApplication(found, { observedAtMs, leases: [lease(parent, status)] }).parents;
    expect(of('OK')).toMatchObject({ unread: 2, drained: 0 });
    expect(of('DONE')).toMatchObject({ unread: 0, drained: 2 });
  });

  it('needs somebody where a child is read by nobody, the worst first', () => {
    const troubled = watched([
      lease(parent, 'DONE'),
      lease(left, 'WARN'),
      lease(right, 'MISSING_LEASE'),
    ]);
    expect(troubled).toMatchObject({
      verdict: 'attention',
      children: { behind: 1, troubled: 1 },
      worstChild: { shardId: right },
    });
  });

  it('is unknown before it was read since, and where it keeps no leases', () => {
    const unknown = { verdict: 'unknown', parents: { unknown: 1 }, children: { unknown: 2 } };
    expect(watchApplication(shards, null)).toMatchObject(unknown);
    expect(watched(null)).toMatchObject(unknown);
    expect(watched([], START_MS)).toMatchObject(unknown);
    // A lease of before says nothing of the children; that the parent is unread is sure.
    expect(watched([lease(parent, 'OK')], START_MS)).toMatchObject({
      verdict: 'under-way',
      parents: { unread: 1 },
      children: { unknown: 2 },
    });
  });
});

const refusals = (change: Partial<Refusals>): Refusals => ({
  fromMs: START_MS,
  toMs: START_MS + 10 * MINUTE,
  periodSeconds: 60,
  periods: 10,
  acceptedRecords: 1_000,
  throttledRecords: 0,
  throttledPeriods: 0,
  throttledRun: 0,
  lastThrottledAtMs: null,
  throttledReadCalls: 0,
  throttledReadPeriods: 0,
  ...change,
});

const REFUSED = refusals({ throttledRecords: 50, throttledPeriods: 5, throttledRun: 5 });

describe('refused records', () => {
  it.each([
    [REFUSED, refusals({}), 'ended'],
    [refusals({}), refusals({}), 'none'],
    [REFUSED, refusals({ toMs: START_MS + MINUTE, periods: 1 }), 'calming'],
    [REFUSED, REFUSED, 'goes-on'],
    [REFUSED, refusals({ throttledRecords: 3, lastThrottledAtMs: START_MS + MINUTE }), 'ended'],
    [
      REFUSED,
      refusals({ throttledRecords: 3, lastThrottledAtMs: START_MS + 9 * MINUTE }),
      'calming',
    ],
    [REFUSED, null, 'unknown'],
    [null, refusals({}), 'unknown'],
  ] as const)('before %o, after %o: %s', (before, after, outcome) => {
    expect(watchRefusals(before, after).outcome).toBe(outcome);
  });
});

describe('predicted against actual use', () => {
  const rate = (use: number) => ({ bytesPerSecond: use * MEBIBYTE, recordsPerSecond: use });
  const planned = (predicted: number | null, actual: number | null): PlannedShard => ({
    range: { start: at(0), end: at(1) },
    shardId: shardIdOf(0),
    predicted: predicted === null ? null : rate(predicted),
    actual: actual === null ? null : rate(actual),
  });

  it('holds the busiest against each other, and the load of then against that of now', () => {
    const compared = compareUse([planned(0.4, 0.5), planned(0.2, 0.4)]);
    expect(compared.busiest.predicted).toBeCloseTo(0.4);
    expect(compared.busiest.actual).toBeCloseTo(0.5);
    expect(compared.loadRatio).toBeCloseTo(1.5);
    expect(compared.shards[1]?.actualUse).toBeCloseTo(0.4);
  });

  it('says nothing of the whole where a part is unknown', () => {
    const compared = compareUse([planned(0.4, null), planned(0.2, 0.4)]);
    expect(compared.busiest.actual).toBeNull();
    expect(compared.busiest.predicted).toBeCloseTo(0.4);
    expect(compared.loadRatio).toBeNull();
    expect(compareUse([]).busiest).toEqual({ predicted: null, actual: null });
    expect(compareUse([planned(0, 0.1)]).loadRatio).toBeNull();
  });
});

describe('the time that it is watched', () => {
  const endedAtMs = START_MS + 5 * MINUTE;
  const of = { beganAtMs: START_MS, endedAtMs, reshardedAtMs: null };

  it('is a day', () => {
    const span = watchSpan({ ...of, nowMs: endedAtMs + MINUTE });
    expect(span).toMatchObject({ isOver: false, until: { why: 'day-over' } });
    expect(span.after).toEqual({ fromMs: endedAtMs, toMs: endedAtMs + MINUTE });
    const later = watchSpan({ ...of, nowMs: endedAtMs + 48 * 60 * MINUTE });
    expect(later.isOver).toBe(true);
    expect(later.after?.toMs).toBe(endedAtMs + 24 * 60 * MINUTE);
  });

  it('ends with the next reshard of its shards', () => {
    const reshardedAtMs = endedAtMs + MINUTE;
    const span = watchSpan({ ...of, reshardedAtMs, nowMs: endedAtMs + 9 * MINUTE });
    expect(span).toMatchObject({
      isOver: true,
      until: { atMs: reshardedAtMs, why: 'resharded-again' },
      after: { fromMs: endedAtMs, toMs: reshardedAtMs },
    });
  });

  it('has nothing after it while the reshard goes on', () => {
    expect(watchSpan({ ...of, endedAtMs: null, nowMs: endedAtMs }).after).toBeNull();
  });
});

it('is judged by what is worst', () => {
  const settled = { verdict: 'settled' } as const;
  const of = { isOver: true, applications: [settled], refusals: 'ended' } as const;
  expect(watchVerdict(of)).toBe('settled');
  expect(watchVerdict({ ...of, isOver: false })).toBe('under-way');
  expect(watchVerdict({ ...of, refusals: 'goes-on' })).toBe('attention');
  expect(watchVerdict({ ...of, applications: [settled, { verdict: 'unknown' }] })).toBe('unknown');
});
