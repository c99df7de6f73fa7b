import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import type { Ledger, LedgerFault } from '#lib/domain/replay/job/ledger.ts';
import type { PersonsEvent, RunState } from '#lib/domain/replay/job/run-state.ts';
import type { PaceFault } from '#lib/domain/replay/plan/findings.ts';
import type { ManifestProgress } from '#lib/domain/replay/plan/manifest.ts';
import type { PaceSettings, ReplayDraft, ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { PlanView } from './plan.ts';

/** A replay, from its draft to its receipt. Times are epoch milliseconds on the database's clock. */
export type ReplayView = {
  readonly readAtMs: number;
  readonly id: number;
  readonly state: RunState;
  /** What may be asked of it now, in the order of buttons; roles are asked elsewhere. */
  readonly allowed: readonly PersonsEvent[];
  /** What stands against going on, or why its plan was refused; null: nothing. */
  readonly failure: {
    readonly kind: string;
    readonly words: string;
    readonly sinceMs: number;
  } | null;

  /** Both are null for those who may not see keys: filters and expressions hold them. */
  readonly draft: ReplayDraft | null;
  readonly settings: ReplaySettings | null;
  /** Of the draft: what is saved has to name it. */
  readonly revision: number;
  /** What is set, for people and without keys; in the order of the wizard. Of a draft, what is decided so far. */
  readonly facts: readonly SettingFact[];
  readonly target: { readonly connection: string; readonly streamName: string } | null;
  readonly isTargetSource: boolean;
  /** The source stream's name, which has to be typed where records go back to it; null: not known, or not needed. */
  readonly nameToType: string | null;
  readonly pace: PaceSettings;
  readonly paceRevision: number;
  /** Why it cannot go at a multiple of the archive's speed; null: it can. */
  readonly timedFault: PaceFault | null;

  /** While it is planned; null: not begun. */
  readonly listing: ManifestProgress | null;
  readonly plan: PlanView | null;
  /** Null before it was begun. */
  readonly progress: ProgressView | null;
  readonly ledger: Ledger;
  /** Null: it balances, or it is not over and being written. */
  readonly ledgerFault: LedgerFault | null;
  /** Records that may be in the target more than once. */
  readonly possibleDuplicates: number;

  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly plannedAtMs: number | null;
  readonly startedBy: string | null;
  readonly purpose: string | null;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly copiedFrom: number | null;
  readonly quarantineOf: number | null;
};

/**
 * What a draft begins with: nothing, the archive of a stream, a stream that is written to, the settings of a replay, or what
 * one could not send.
 */
export type DraftOrigin =
  | { readonly from: 'nothing' }
  | { readonly from: 'stream' | 'target'; readonly connection: string; readonly streamName: string }
  | { readonly from: 'replay' | 'quarantine'; readonly id: number };

/** E.g. step `target`, name `Order`, value `per key`. */
export type SettingFact = {
  readonly step: ReplayDraft['step'];
  readonly name: string;
  readonly value: string;
};

/** How far a replay is, from the checkpoints of its slices. */
export type ProgressView = {
  readonly objects: number;
  readonly objectsDone: number;
  /** As stored; an object counts when all of it has come to its end. */
  readonly storedBytes: number;
  readonly storedBytesDone: number;
  /** Units of the archive that came to their end: sent, filtered, duplicates and quarantined. */
  readonly settled: number;
  readonly emitted: number;
  /** As planned: an estimate. */
  readonly recordsExpected: number | null;
  /** Of the archive: the newest time that was sent, and what the plan spans. */
  readonly archiveMs: number | null;
  readonly archiveFromMs: number | null;
  readonly archiveToMs: number | null;
  readonly slices: number;
  readonly slicesDone: number;
  /** Worker processes that hold slices now. */
  readonly workers: number;
  /** Requests that were not answered yet. */
  readonly openRequests: number;

  /** Until all is done at the rate of now, milliseconds; null: it does not go on, or too little is known. */
  readonly etaMs: number | null;
  /** As measured between the last two ticks; null: not running, or too early to tell. */
  readonly rate: RateView | null;
  /** What all shards together may take of it now, and when that was worked out. */
  readonly cap: { readonly rates: Rates; readonly atMs: number } | null;
  /** What others write to the target, as of the same instant; null: unknown. */
  readonly live: Rates | null;
  /**
   * Shards that nothing is sent to, as nobody knows what others write there and no cap of its own was set; null: none, or
   * it does not run.
   */
  readonly unknownTraffic: {
    readonly sinceMs: number;
    readonly shards: number;
    readonly ofShards: number;
  } | null;
  /** Shards in which others were refused more than before; the replay yields there. */
  readonly shardsThatRefuse: number;
};

export type RateView = Rates & {
  /** Records that the target throttled, a second. */
  readonly throttledPerSecond: number;
  readonly fromMs: number;
  readonly toMs: number;
};
