import { describe, expect, it } from 'vitest';
import type { Symptom } from '#lib/domain/consumers/status.ts';
import { symptomWords } from './symptom-words.ts';

const NOON_MS = Date.UTC(2026, 10, 23, 12);
const SHARDS = ['shardId-000000000003', 'shardId-000000000005'];
const ABOUT = { sinceMs: NOON_MS, shardIds: SHARDS, shardCount: 2, workers: ['worker-1'] };
const WHOLE = { sinceMs: null, shardIds: [], shardCount: 0, workers: [] };

const ALL: readonly Symptom[] = [
  { ...ABOUT, kind: 'dead-owner', figures: { frozenMs: 90_000, limitMs: 60_000 } },
  { ...ABOUT, kind: 'zombie', figures: { frozenMs: 180_000, waitingRecords: 1_234 } },
  { ...ABOUT, kind: 'unassigned', figures: { unownedMs: 20_000 } },
  { ...ABOUT, kind: 'stuck-handoff', figures: { handoffMs: 150_000 } },
  { ...ABOUT, kind: 'missing-lease', figures: { missingMs: 500_000 } },
  { ...ABOUT, kind: 'waiting-for-parent', figures: {} },
  { ...ABOUT, kind: 'churn', figures: { changes: 5, windowMs: 3_600_000 } },
  { ...WHOLE, kind: 'excess-workers', figures: { workers: 5, leases: 4 } },
  { ...WHOLE, kind: 'skew', workers: ['worker-1'], figures: { by: 'leases', most: 6, mean: 3 } },
  { ...ABOUT, kind: 'growing-lag', figures: { fromMs: 1_000, toMs: 90_000, overMs: 600_000 } },
  { ...ABOUT, kind: 'rewound', figures: { backMs: 3_600_000 } },
  { ...ABOUT, kind: 'orphan', figures: {} },
  { ...ABOUT, kind: 'data-loss', figures: { ageMs: 90_000_000, retentionMs: 86_400_000 } },
  {
    ...WHOLE,
    kind: 'data-loss-ahead',
    figures: { ageMs: 50_000_000, retentionMs: 86_400_000, lossInMs: 7_200_000 },
  },
  { ...WHOLE, kind: 'switched-off', figures: {} },
];

describe('symptomWords', () => {
  it.each(ALL.map((symptom) => [symptom.kind, symptom] as const))(
    'says of %s in whole sentences what is wrong and what to do',
    (_, symptom) => {
      const { title, what, todo } = symptomWords(symptom);
      expect(title).not.toMatch(/\.$/);
      for (const sentence of [what, todo]) {
        expect(sentence).toMatch(/^\S.*\.$/);
        expect(sentence).not.toMatch(/undefined|null|NaN| {2}|\s[,.]/);
      }
    },
  );

  it('names shards, worker, span and beginning', () => {
    const [dead] = ALL;
    expect(dead && symptomWords(dead).what).toBe(
      'The lease of shardId-000000000003 and shardId-000000000005 is not renewed for 1 min 30 s by worker-1, where 1 min is the most an owner at work takes, since 2026-11-23 12:00:00 UTC.',
    );
  });

  it('names a few of many', () => {
    const many = Array.from({ length: 20 }, (_, i) => `shardId-0000000000${10 + i}`);
    const symptom: Symptom = {
      ...ABOUT,
      kind: 'orphan',
      shardIds: many,
      shardCount: 99,
      figures: {},
    };
    expect(symptomWords(symptom).what).toContain(
      'shardId-000000000010, shardId-000000000011, shardId-000000000012 and 96 more shards',
    );
  });
});
