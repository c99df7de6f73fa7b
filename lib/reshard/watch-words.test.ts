import { expect, it } from 'vitest';
import type { Refusals } from '#lib/domain/advice/facts.ts';
import type { ApplicationWatch } from '#lib/domain/reshard/watch/watch-application.ts';
import type { UseWatchView } from './watch-view.ts';
import {
  childWords,
  followWords,
  outcomeWords,
  parentWords,
  refusalWords,
  spanWords,
  useWords,
} from './watch-words.ts';

const WATCH: ApplicationWatch = {
  verdict: 'settled',
  parents: { drained: 2, unread: 0, expired: 0, unknown: 0 },
  children: { advancing: 4, waiting: 0, behind: 0, troubled: 0, unknown: 0 },
  slowestParent: null,
  worstChild: null,
};

const lag = {
  kind: 'interval',
  atLeastMs: 12_000,
  atMostMs: 15_000,
  asOfMs: 0,
  method: 'checkpoint',
} as const;

it('counts parents and children by how far they are', () => {
  expect(parentWords(WATCH)).toBe('2 of 2 drained');
  expect(parentWords({ parents: { ...WATCH.parents, unread: 1, expired: 1 } })).toBe(
    '2 of 4 drained, 1 unread, 1 expired',
  );
  expect(childWords(WATCH)).toBe('4 of 4 advancing');
  expect(parentWords({ parents: { ...WATCH.parents, drained: 0, unknown: 3 } })).toBe('3 unknown');
  expect(childWords({ children: { ...WATCH.children, waiting: 2, troubled: 1 } })).toBe(
    '4 of 7 advancing, 2 waiting, 1 in trouble',
  );
});

it('says what a consumer has left, with its figures', () => {
  const of = { kind: 'kcl', watch: WATCH, lag, observedAtMs: 1 } as const;
  expect(followWords(of)).toContain('reads all new shards');
  const slowestParent = {
    shardId: 'shardId-000000000003',
    lag,
    backlogRecords: 1_200,
    caughtUpInMs: 9_000,
  };
  expect(followWords({ ...of, watch: { ...WATCH, verdict: 'under-way', slowestParent } })).toBe(
    'Closed shardId-000000000003 is not read to its end: 12–15 s behind, at least 1,200 records unread, about 9 s to go. Its children wait for it.',
  );
  const worstChild = { shardId: 'shardId-000000000005', status: 'MISSING_LEASE', lag } as const;
  expect(followWords({ ...of, watch: { ...WATCH, verdict: 'attention', worstChild } })).toContain(
    'lease missing. The shard should have a lease',
  );
  expect(followWords({ ...of, kind: 'lambda' })).toContain('As a whole: 12–15 s behind');
  expect(followWords({ ...of, observedAtMs: null })).toContain('not been read');
});

const refusals = (throttledRecords: number): Refusals => ({
  fromMs: 0,
  toMs: 600_000,
  periodSeconds: 60,
  periods: 10,
  acceptedRecords: 1_000,
  throttledRecords,
  throttledPeriods: throttledRecords > 0 ? 4 : 0,
  throttledRun: 0,
  lastThrottledAtMs: null,
  throttledReadCalls: 0,
  throttledReadPeriods: 0,
});

it('holds refusals before against those after', () => {
  const ended = { outcome: 'ended', before: refusals(1_234), after: refusals(0) } as const;
  expect(refusalWords({ refusals: ended })).toBe(
    'Refusals have ended. Refused before: 1,234 records in 10 min (4 of 10 periods). After: 0 records in 10 min (0 of 10 periods).',
  );
  expect(refusalWords({ refusals: { outcome: 'unknown', before: null, after: null } })).toContain(
    'Refused before: not recorded. After: not recorded.',
  );
});

it('tells predicted and seen use, and what is not known of them', () => {
  const view: UseWatchView = {
    busiest: { predicted: 0.62, actual: 0.58 },
    loadRatio: 0.94,
    basis: { minutes: 15, by: 'mean', untilMs: 0, periodSeconds: 5 },
    window: { fromMs: 0, toMs: 720_000, periodSeconds: 5 },
    shardMetricsOn: true,
    predicted: [],
    actual: [],
    shardCount: 3,
    shards: [],
  };
  expect(useWords(view)).toBe(
    'Busiest shard: 62 % predicted, 58 % seen (mean of 12 min, periods of 5 s). The stream takes 0.94 times the load that was planned for.',
  );
  expect(useWords({ ...view, basis: null })).toContain('was not kept');
  expect(useWords({ ...view, window: null })).toContain('No whole period');
  expect(useWords({ ...view, shardMetricsOn: false })).toContain('metrics are off');
});

it('says until when it is watched', () => {
  const around = { before: { fromMs: 0, toMs: 1 }, after: null };
  const span = (why: 'day-over' | 'resharded-again', isOver: boolean) =>
    spanWords({ isOver: true, span: { ...around, isOver, until: { atMs: 0, why } } }, 'UTC');
  expect(span('day-over', false)).toContain('It is watched until');
  expect(span('day-over', true)).toContain('It was watched until');
  expect(span('resharded-again', true)).toContain('resharded again at');
});

it('says of all of it what needs somebody, and nothing else', () => {
  const ended = { outcome: 'ended', before: null, after: null } as const;
  const goesOn = { ...ended, outcome: 'goes-on' } as const;
  expect(
    outcomeWords({ verdict: 'settled', isOver: true, applications: [], refusals: ended }),
  ).toContain('No consumer with leases');
  const application = (name: string, verdict: ApplicationWatch['verdict']) => ({
    name,
    kind: 'kcl' as const,
    watch: { ...WATCH, verdict },
  });
  const applications = [application('billing', 'attention'), application('search', 'settled')];
  const of = { verdict: 'attention', isOver: true } as const;
  expect(outcomeWords({ ...of, applications, refusals: ended })).toBe(
    'billing: a new shard is not read as it should be.',
  );
  expect(outcomeWords({ ...of, applications: [], refusals: goesOn })).toBe(
    'Records are still refused.',
  );
});
