import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { WHOLE_RING } from '#lib/domain/hash-range.ts';
import { JOB_STATES } from '#lib/domain/reshard/job/job-state.ts';
import type { Mismatch } from '#lib/domain/reshard/job/mismatch.ts';
import type { Hold } from '#lib/domain/reshard/job/reconcile.ts';
import type { Choice, Refusal, Remark } from '#lib/domain/reshard/plan.ts';
import { infrastructureLines } from './infrastructure-lines.ts';
import {
  holdWords,
  JOB_STATE_WORDS,
  lagWaitWords,
  mismatchWords,
  WAITING_WORDS,
} from './job-words.ts';
import {
  choiceWords,
  durationWords,
  remarkWords,
  stepWords,
  WHAT_IT_DOES_NOT,
} from './plan-words.ts';
import { refusalWords } from './refusal-words.ts';

const at = hashKey(2n ** 127n);
const shardId = 'shardId-000000000007';

const REFUSALS: readonly Refusal[] = [
  { why: 'on-demand' },
  { why: 'nothing-to-do' },
  { why: 'no-such-shard', shardId },
  { why: 'too-narrow', shardId },
  { why: 'cannot-split-there', shardId, range: WHOLE_RING, at },
  { why: 'not-neighbours', shardIds: [shardId, 'shardId-000000000009'] },
  { why: 'bad-shard-count', count: 0, fault: 'not-a-count' },
  { why: 'bad-shard-count', count: 10_001, fault: 'above-stream-max' },
  { why: 'bad-boundaries' },
  { why: 'load-unknown', ranges: [WHOLE_RING] },
  { why: 'no-load' },
  { why: 'already-alone', shardId },
  { why: 'none-cold', useMax: 0.5 },
  { why: 'unreachable-boundaries', unreachable: [{ wanted: at, nearest: hashKey(5n) }] },
  { why: 'unreachable-boundaries', unreachable: [{ wanted: at, nearest: null }] },
  { why: 'peak-too-low', peakShardsMax: 2, smallest: 3 },
];

const CHOICES: readonly Choice[] = [
  { method: 'boundaries', because: 'not-uniform' },
  { method: 'boundaries', because: 'as-few-operations', operations: 1, calls: 1 },
  { method: 'boundaries', because: 'calls-used-up', operations: 9, calls: 3, callsLeft: 1 },
  { method: 'boundaries', because: 'calls-peak', operations: 9, peakOfCalls: 12 },
  { method: 'update-shard-count', because: 'uniform', operations: 9, calls: 2 },
];

const REMARKS: readonly Remark[] = [
  { kind: 'key-too-hot', at, use: 1.2 },
  { kind: 'taken-as-even', range: WHOLE_RING },
  { kind: 'split-does-little', before: 1.3, after: 1.25 },
  { kind: 'joined-first', boundaries: [at] },
  { kind: 'above-target', target: 0.77, use: 1.2 },
  { kind: 'fewer-shards', wanted: 9, planned: 8 },
  { kind: 'reads-unknown' },
];

const MISMATCHES: readonly Mismatch[] = [
  { kind: 'wrong-result', step: 0, missing: [at], unexpected: [hashKey(at + 1n)] },
  { kind: 'no-effect', step: 1 },
  { kind: 'refused', step: 1, message: 'Stream is under-provisioned' },
  { kind: 'refused', step: 1, message: null },
  { kind: 'ring-fault', at },
  { kind: 'stream-gone' },
];

const HOLDS: readonly Hold[] = [
  { kind: 'resharded-by-others', missing: [], unexpected: [] },
  { kind: 'resharded-by-others', missing: [], unexpected: [at, at] },
  { kind: 'mode-changed' },
  { kind: 'denied', message: 'The credentials of connection "a" may not call kinesis:SplitShard.' },
  { kind: 'denied', message: null },
  { kind: 'too-many-attempts', attempts: 12, message: 'Limit exceeded' },
  { kind: 'too-many-attempts', attempts: 12, message: null },
];

const ALL = [
  ...REFUSALS.map((refusal) => refusalWords(refusal)),
  refusalWords({ why: 'nothing-to-do' }, 'rebalance'),
  ...CHOICES.map(choiceWords),
  ...REMARKS.map(remarkWords),
  ...MISMATCHES.map(mismatchWords),
  ...HOLDS.map(holdWords),
  ...Object.values(WAITING_WORDS),
  ...WHAT_IT_DOES_NOT,
];

describe('words of a reshard', () => {
  it('are sentences, each its own, without a hole in them', () => {
    for (const words of ALL) {
      expect(words).toMatch(/^[A-Z0-9].*[.]$/s);
      expect(words).not.toMatch(/undefined|null|NaN|\$\{| {2}|\.\./);
    }
    expect(new Set(ALL).size).toBe(ALL.length);
    expect(Object.keys(JOB_STATE_WORDS)).toEqual([...JOB_STATES]);
  });

  it('say what somebody has to do about a layout that is not as planned', () => {
    expect(mismatchWords(MISMATCHES[0] ?? { kind: 'stream-gone' })).toBe(
      `Step 1 gave another layout than it should: 1 boundary is gone (${at}), 1 boundary is new (${at + 1n}). Nothing more was done: the endpoint does not reshard as Kinesis does.`,
    );
    expect(refusalWords({ why: 'peak-too-low', peakShardsMax: 2, smallest: 3 })).toContain(
      '3 shards must be open at a time',
    );
  });

  it('name steps, durations and what templates must say', () => {
    expect(stepWords({ kind: 'split', at })).toBe('Split at 80000000…');
    expect(stepWords({ kind: 'update-shard-count', count: 1_200 })).toBe(
      'UpdateShardCount to 1,200',
    );
    expect(durationWords({ ms: 120_000, basis: 'assumed', isLeast: true })).toBe(
      'at least 2 min, at the usual 30 s an operation',
    );
    expect(infrastructureLines(7, true)).toMatchObject({
      terraform: 'shard_count = 7',
      cloudFormation: 'ShardCount: 7',
    });
    expect(infrastructureLines(7, false).warning).not.toBe(infrastructureLines(7, true).warning);
  });
});

it('names whom a merge waits for, and not all of many', () => {
  const behind = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `worker-${i}`, shardId: null }));
  expect(lagWaitWords([{ name: 'quota-worker', shardId: 'shardId-000000000003' }])).toContain(
    ': quota-worker in shardId-000000000003. Both parents',
  );
  expect(lagWaitWords(behind(5))).toContain('worker-0, worker-1, worker-2 and 2 more');
  expect(lagWaitWords([])).toBe(WAITING_WORDS['consumer-lags']);
});
