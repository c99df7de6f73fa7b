/**
 * What became of everything, counted. Each figure is counted where it happens and from nothing else here, so that
 * `ledgerFault` can hold them against each other.
 */
export type Ledger = {
  /** Objects that came to their end, by whether anything of them went to quarantine. */
  readonly objectsCompleted: number;
  readonly objectsWithQuarantine: number;
  /** Units that the decoder counted in those objects. */
  readonly decoded: number;

  /** Units by their end; of each there is one. */
  readonly emitted: number;
  readonly filtered: number;
  readonly deduplicated: number;
  readonly quarantined: number;
  /** Data and partition keys of what was emitted, each record once. */
  readonly emittedBytes: number;

  /** Requests that were made known before they were sent, and the records in them. */
  readonly requests: number;
  readonly recordsIntended: number;
  /** Records by what came of the request that they were in; a record that is sent again is counted again. */
  readonly recordsAcknowledged: number;
  readonly recordsThrottled: number;
  readonly recordsFailed: number;
  /** The answer never came, or was none: the record may be in the stream. */
  readonly recordsInLostAnswers: number;
  /** Whoever sent the request lost its lease before it wrote down what came of it: the record may be in the stream. */
  readonly recordsInterrupted: number;

  /** How often a worker took over from another, with something in flight or not. */
  readonly takeovers: number;

  /**
   * Records that were acknowledged after a later one of their partition key (`AckOrder`). Within a slice, and from one
   * change of its worker to the next. null: some were sent by a version that did not count it.
   */
  readonly orderInversions: number | null;
};

/** What is counted from the first version on. */
type Figure = Exclude<keyof Ledger, 'orderInversions'>;

export const EMPTY_LEDGER: Ledger = {
  objectsCompleted: 0,
  objectsWithQuarantine: 0,
  decoded: 0,
  emitted: 0,
  filtered: 0,
  deduplicated: 0,
  quarantined: 0,
  emittedBytes: 0,
  requests: 0,
  recordsIntended: 0,
  recordsAcknowledged: 0,
  recordsThrottled: 0,
  recordsFailed: 0,
  recordsInLostAnswers: 0,
  recordsInterrupted: 0,
  takeovers: 0,
  orderInversions: 0,
};

/** The ledger with some figures raised. */
export function addToLedger(ledger: Ledger, more: Partial<Ledger>): Ledger {
  const sums: Raised = { ...ledger, orderInversions: inversions(ledger, more) };
  for (const figure of LEDGER_FIGURES) sums[figure] += more[figure] ?? 0;
  return sums;
}

/** The ledger of a run from those of its slices. */
export function sumLedgers(ledgers: readonly Ledger[]): Ledger {
  return ledgers.reduce(
    // In one that was stored by an earlier version it is missing.
    (sum, each) => addToLedger(sum, { ...each, orderInversions: each.orderInversions ?? null }),
    EMPTY_LEDGER,
  );
}

type Raised = { -readonly [F in keyof Ledger]: Ledger[F] };

/** A ledger that was stored by an earlier version lacks it, which is not 0. */
function inversions(
  { orderInversions = null }: Partial<Ledger>,
  { orderInversions: more = 0 }: Partial<Ledger>,
): number | null {
  return orderInversions === null || more === null ? null : orderInversions + more;
}

const LEDGER_FIGURES = Object.keys(EMPTY_LEDGER).filter(
  (figure) => figure !== 'orderInversions',
) as readonly Figure[];

/**
 * How many records at most are in the target more than once: each time that nobody knows what became of a record it is
 * sent again, and may then be there once more.
 */
export function possibleDuplicates(ledger: Ledger): number {
  return ledger.recordsInLostAnswers + ledger.recordsInterrupted;
}

/** Units that have come to their end. */
export function settledUnits(ledger: Ledger): number {
  return ledger.emitted + ledger.filtered + ledger.deduplicated + ledger.quarantined;
}

export type LedgerFault = {
  /** `units`: what was decoded against what became of it. `sends`: what was sent against what was heard of it. */
  readonly account: 'units' | 'sends';
  readonly entered: number;
  readonly accountedFor: number;
};

/** What is still under way, from the checkpoint: units of objects that have not come to their end, records in requests. */
export type Outstanding = { readonly settledInOpenObjects: number; readonly inFlight: number };

/** Invariant 1 of the reference, and the same for sends. null: it balances. */
export function ledgerFault(ledger: Ledger, outstanding: Outstanding): LedgerFault | null {
  const decoded = ledger.decoded + outstanding.settledInOpenObjects;
  const ended = settledUnits(ledger);
  if (decoded !== ended) return { account: 'units', entered: decoded, accountedFor: ended };
  const heardOf =
    ledger.recordsAcknowledged +
    ledger.recordsThrottled +
    ledger.recordsFailed +
    ledger.recordsInLostAnswers +
    ledger.recordsInterrupted +
    outstanding.inFlight;
  if (ledger.recordsIntended !== heardOf) {
    return { account: 'sends', entered: ledger.recordsIntended, accountedFor: heardOf };
  }
  return ledger.emitted === ledger.recordsAcknowledged
    ? null
    : { account: 'sends', entered: ledger.emitted, accountedFor: ledger.recordsAcknowledged };
}
