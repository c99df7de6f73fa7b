import type { AutoscaleAction, AutoscaleDecision } from './decide.ts';
import type { AutoscaleMode } from './policy.ts';

/**
 * What came of a decision. `none`: nothing was to be done. `proposed`: a person may apply it. `started`: a reshard was
 * begun; `applied`: by a person. `refused`: no reshard can be planned that does it, for the reason that is kept with it.
 * `failed`: AWS or the store did not answer as it should; it is tried again in its turn.
 */
export type DecisionOutcome = 'none' | 'proposed' | 'started' | 'applied' | 'refused' | 'failed';

/** Decisions that came to the same, one after the other: the figures of the newest, and how far those of all reached. */
export type KeptDecision = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  readonly mode: Exclude<AutoscaleMode, 'off'>;
  /** Of the policy: with other settings, the same decision is another one. */
  readonly revision: number;
  readonly decision: AutoscaleDecision;
  readonly span: DecisionSpan;
  readonly outcome: DecisionOutcome;
  readonly words: string | null;
};

/** null: of none of them it was known. */
export type DecisionSpan = {
  readonly loadShardsMin: number | null;
  readonly loadShardsMax: number | null;
  readonly busiestUseMax: number | null;
  readonly lagMsMax: number | null;
};

const DAY_MS = 86_400_000;

/** A decision that was just made, as it is kept. */
export function keptDecision(
  made: Pick<KeptDecision, 'mode' | 'revision' | 'decision' | 'outcome' | 'words'>,
): KeptDecision {
  const { nowMs, loadShards, busiestUse, lagMs } = made.decision.facts;
  return {
    ...made,
    fromMs: nowMs,
    toMs: nowMs,
    count: 1,
    span: {
      loadShardsMin: loadShards,
      loadShardsMax: loadShards,
      busiestUseMax: busiestUse,
      lagMsMax: lagMs,
    },
  };
}

const FOLDED: ReadonlySet<DecisionOutcome> = new Set(['none', 'proposed', 'failed']);

/**
 * Takes a decision into those before it where it says the same: so that a year of doing nothing is a row a day. What
 * changed something is never folded.
 * @returns null where it is another one
 */
export function foldDecision(before: KeptDecision, next: KeptDecision): KeptDecision | null {
  const folds =
    FOLDED.has(next.outcome) &&
    before.outcome === next.outcome &&
    before.mode === next.mode &&
    before.revision === next.revision &&
    before.words === next.words &&
    isSameDecision(before.decision, next.decision) &&
    next.fromMs >= before.toMs &&
    // By days, so that figures of a quiet year are told day by day.
    Math.floor(before.fromMs / DAY_MS) === Math.floor(next.fromMs / DAY_MS);
  if (!folds) return null;
  const [a, b] = [before.span, next.span];
  return {
    ...next,
    fromMs: before.fromMs,
    count: before.count + next.count,
    span: {
      loadShardsMin: bound(Math.min, a.loadShardsMin, b.loadShardsMin),
      loadShardsMax: bound(Math.max, a.loadShardsMax, b.loadShardsMax),
      busiestUseMax: bound(Math.max, a.busiestUseMax, b.busiestUseMax),
      lagMsMax: bound(Math.max, a.lagMsMax, b.lagMsMax),
    },
  };
}

function isSameDecision(a: AutoscaleDecision, b: AutoscaleDecision): boolean {
  return (
    a.reason === b.reason &&
    a.facts.openShardCount === b.facts.openShardCount &&
    isSameAction(a.action, b.action) &&
    isSameAction(a.heldBack, b.heldBack)
  );
}

function isSameAction(a: AutoscaleAction | null, b: AutoscaleAction | null): boolean {
  const count = (action: AutoscaleAction | null) =>
    action === null || action.do === 'nothing' ? null : action.count;
  return a?.do === b?.do && count(a) === count(b);
}

function bound(
  of: (a: number, b: number) => number,
  a: number | null,
  b: number | null,
): number | null {
  return a === null || b === null ? (a ?? b) : of(a, b);
}
