import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AutoscaleFacts, decideAutoscale } from './decide.ts';
import { foldDecision, type KeptDecision, keptDecision } from './fold-decisions.ts';
import { AUTOSCALE_DEFAULTS } from './policy.ts';
import { autoscaleFactsOf } from './testing/facts-of.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NOON_MS = 100 * DAY_MS + DAY_MS / 2;

function kept(change: Partial<AutoscaleFacts> = {}, of: Partial<KeptDecision> = {}): KeptDecision {
  const facts = autoscaleFactsOf({ nowMs: NOON_MS, busiestUse: null, ...change });
  const decision = decideAutoscale(AUTOSCALE_DEFAULTS, facts);
  const made = { mode: 'advise', revision: 1, decision, outcome: 'none', words: null } as const;
  return keptDecision({ ...made, ...of });
}

describe('foldDecision', () => {
  it('keeps the newest figures, and how far those of all reached', () => {
    const later = kept({ nowMs: NOON_MS + MINUTE_MS, loadShards: 2.3, busiestUse: 0.6, lagMs: 7 });
    expect(foldDecision(kept(), later)).toMatchObject({
      fromMs: NOON_MS,
      toMs: NOON_MS + MINUTE_MS,
      count: 2,
      decision: { facts: { loadShards: 2.3 } },
      span: { loadShardsMin: 2.3, loadShardsMax: 2.5, busiestUseMax: 0.6, lagMsMax: 7 },
    });
  });

  it('repeats a proposal as one', () => {
    const proposal = (nowMs: number) =>
      kept({ nowMs, loadShards: 3.5 + nowMs / 1e15 }, { outcome: 'proposed' });
    expect(foldDecision(proposal(NOON_MS), proposal(NOON_MS + MINUTE_MS))?.count).toBe(2);
  });

  it.each([
    ['another reason', kept({ loadShards: null })],
    ['other shards', kept({ openShardCount: 5, loadShards: 3.1 })],
    ['another mode', kept({}, { mode: 'act' })],
    ['another policy', kept({}, { revision: 2 })],
    ['another day', kept({ nowMs: NOON_MS + DAY_MS })],
    ['an earlier one', kept({ nowMs: NOON_MS - MINUTE_MS })],
    ['one that was begun', kept({}, { outcome: 'started' })],
    ['one that was refused', kept({}, { outcome: 'refused' })],
  ])('is not of %s', (_, next) => {
    expect(foldDecision(kept(), next)).toBeNull();
  });

  it('is not of another thing that is held back', () => {
    const cooling = (loadShards: number) => kept({ loadShards, lastReshardAtMs: NOON_MS - 1 });
    expect(foldDecision(cooling(3.5), cooling(5))).toBeNull();
    expect(foldDecision(cooling(3.5), cooling(3.4))).not.toBeNull();
  });

  it('counts each once, in order, without an overlap, and a quiet year is a row a day', () => {
    const load = fc.option(fc.double({ min: 0, max: 9, noNaN: true }));
    fc.assert(
      fc.property(fc.array(load, { minLength: 1, maxLength: 60 }), (loads) => {
        const rows: KeptDecision[] = [];
        for (const [i, loadShards] of loads.entries()) {
          const next = kept({ nowMs: NOON_MS + i * MINUTE_MS, loadShards });
          const last = rows.at(-1);
          const folded = last === undefined ? null : foldDecision(last, next);
          if (folded === null) rows.push(next);
          else rows[rows.length - 1] = folded;
        }
        expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(loads.length);
        for (const [i, row] of rows.entries()) {
          expect(row.toMs).toBe(row.fromMs + (row.count - 1) * MINUTE_MS);
          const { loadShards } = row.decision.facts;
          if (loadShards !== null) {
            expect(row.span.loadShardsMin).toBeLessThanOrEqual(loadShards);
            expect(row.span.loadShardsMax).toBeGreaterThanOrEqual(loadShards);
          }
          if (i > 0) expect(row.fromMs).toBeGreaterThan(rows[i - 1]?.toMs ?? row.fromMs);
        }
      }),
    );
    const days = new Set<number>();
    let last = kept({ nowMs: 0 });
    let rows = 1;
    for (let nowMs = 0; nowMs < 365 * DAY_MS; nowMs += 10 * MINUTE_MS) {
      const folded = foldDecision(last, kept({ nowMs }));
      if (folded === null) rows += 1;
      last = folded ?? kept({ nowMs });
      days.add(Math.floor(nowMs / DAY_MS));
    }
    expect(rows).toBe(days.size);
  });
});
