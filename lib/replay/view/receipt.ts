import type { ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import type { Ledger, LedgerFault } from '#lib/domain/replay/job/ledger.ts';
import type { RunState } from '#lib/domain/replay/job/run-state.ts';
import type { PaceSettings } from '#lib/domain/replay/settings.ts';
import type { ReplayEventView } from './course.ts';
import type { PlanView } from './plan.ts';
import type { QuarantineReasonSum } from './quarantine.ts';
import type { SettingFact } from './run.ts';

/** What came of a replay, to be kept: plain data that needs nothing else to be understood. */
export type ReceiptView = {
  /** Of this form. */
  readonly version: 1;
  readonly runId: number;
  readonly state: RunState;
  /** False: it is not over, and figures will change. */
  readonly isFinal: boolean;
  readonly writtenAtMs: number;

  readonly createdBy: string;
  readonly startedBy: string | null;
  readonly purpose: string | null;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** From its start to its end, or to now. */
  readonly elapsedMs: number | null;

  readonly planHash: string | null;
  readonly decoderVersion: string | null;
  /** Of all objects in their order; null: never planned. */
  readonly manifestFingerprint: string | null;
  readonly plan: PlanView | null;
  readonly facts: readonly SettingFact[];
  readonly pace: PaceSettings;

  readonly ledger: Ledger;
  readonly ledgerFault: LedgerFault | null;
  readonly isBalanced: boolean;
  readonly possibleDuplicates: number;
  readonly quarantine: readonly QuarantineReasonSum[];
  /** Which order was promised, and what kept it; in words. */
  readonly order: { readonly promised: ReplayOrder; readonly words: string } | null;
  /**
   * Records whose first acknowledgement came after that of a later one of their partition key, within a slice, from one
   * change of its worker to the next; null: some were sent by a version that did not count it.
   */
  readonly orderInversions: {
    readonly records: number | null;
    /** Several slices were sent side by side: order between them is not kept by design, and not counted. */
    readonly isWithinSlicesOnly: boolean;
    /** Where order is free: how often a worker took a slice over, across which nothing was compared. Else 0: order holds across. */
    readonly takeovers: number;
  };
  /** Means from the start to the end, of what was sent; null: nothing was, or no time passed. */
  readonly meanRates: { readonly bytesPerSecond: number; readonly recordsPerSecond: number } | null;
  readonly throttledRecords: number;
  /** Oldest first; the first 1,000. */
  readonly events: readonly ReplayEventView[];
};
