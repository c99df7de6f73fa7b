import {
  type Ledger,
  type LedgerFault,
  possibleDuplicates,
  settledUnits,
} from '#lib/domain/replay/job/ledger.ts';
import { countOf, formatCount } from '#lib/format/count.ts';

/** A line of an account. `share` of the sum, 0 .. 1; null where there is no sum. */
export type AccountLine = {
  readonly key: string;
  readonly name: string;
  /** What it means, for those who do not know the word. */
  readonly meaning: string;
  readonly count: number;
  readonly share: number | null;
};

/** What went in, and what became of it. Both sides have the sum that stands below them, unless `fault` says otherwise. */
export type Account = {
  readonly key: LedgerFault['account'];
  readonly title: string;
  readonly entered: readonly AccountLine[];
  readonly became: readonly AccountLine[];
  readonly sums: { readonly entered: number; readonly became: number };
  /** Why the sides differ, and what that means; null: they do not. */
  readonly fault: string | null;
};

/**
 * The ledger as two accounts: of the archive's units, and of what was sent.
 * @param fault of the ledger and its checkpoints together, as the server found it; the accounts do not prove themselves
 */
export function accountsOf(ledger: Ledger, fault: LedgerFault | null): readonly Account[] {
  return [unitAccount(ledger, fault), sendAccount(ledger, fault)];
}

function unitAccount(ledger: Ledger, fault: LedgerFault | null): Account {
  const settled = settledUnits(ledger);
  // A fault tells what the checkpoints have; without one it is what the ledger lacks.
  const entered = fault?.account === 'units' ? fault.entered : settled;
  const line = lineOf(settled);
  return {
    key: 'units',
    title: 'What was decoded',
    entered: [
      line(
        'finished',
        `Of ${countOf(ledger.objectsCompleted + ledger.objectsWithQuarantine, 'finished object')}`,
        'Records, and bytes that are none, that the decoder counted in objects that it read to their end.',
        ledger.decoded,
      ),
      line(
        'open',
        'Of objects being read',
        'Those that came to their end already, of objects whose end was not reached yet.',
        Math.max(0, entered - ledger.decoded),
      ),
    ],
    became: [
      line('emitted', 'Sent', 'Acknowledged by the target, each counted once.', ledger.emitted),
      line(
        'filtered',
        'Filtered out',
        'Outside the window, of other keys, not sampled, or refused by the expression.',
        ledger.filtered,
      ),
      line(
        'deduplicated',
        'Left out as duplicates',
        'The same record lay in the archive before.',
        ledger.deduplicated,
      ),
      line(
        'quarantined',
        'Quarantined',
        'Not sent, since it could not be; kept with its reason and bytes.',
        ledger.quarantined,
      ),
    ],
    sums: { entered, became: settled },
    fault: faultWords(fault, 'units'),
  };
}

function sendAccount(ledger: Ledger, fault: LedgerFault | null): Account {
  const answered =
    ledger.recordsAcknowledged +
    ledger.recordsThrottled +
    ledger.recordsFailed +
    ledger.recordsInLostAnswers +
    ledger.recordsInterrupted;
  const inFlight = Math.max(0, ledger.recordsIntended - answered);
  const line = lineOf(ledger.recordsIntended);
  return {
    key: 'sends',
    title: 'What was sent',
    entered: [
      line(
        'intended',
        `In ${countOf(ledger.requests, 'request')}`,
        'Written down before it was sent. A record that is sent again is counted again.',
        ledger.recordsIntended,
      ),
    ],
    became: [
      line(
        'acknowledged',
        'Acknowledged',
        'Kinesis has it: as many as were sent above.',
        ledger.recordsAcknowledged,
      ),
      line(
        'throttled',
        'Throttled, sent again',
        'Refused for the rate of a shard; the record was not taken.',
        ledger.recordsThrottled,
      ),
      line(
        'failed',
        'Failed, sent again',
        'Refused for another reason; the record was not taken.',
        ledger.recordsFailed,
      ),
      line(
        'lost',
        'Answer lost, sent again',
        'Kinesis may have taken it: a possible duplicate.',
        ledger.recordsInLostAnswers,
      ),
      line(
        'interrupted',
        'Interrupted, sent again',
        'A worker ended before it wrote the answer down: a possible duplicate.',
        ledger.recordsInterrupted,
      ),
      line('in-flight', 'Under way', 'Not answered yet.', inFlight),
    ],
    sums: { entered: ledger.recordsIntended, became: answered + inFlight },
    fault: faultWords(fault, 'sends'),
  };
}

function lineOf(sum: number) {
  return (key: string, name: string, meaning: string, count: number): AccountLine => ({
    key,
    name,
    meaning,
    count,
    share: sum === 0 ? null : count / sum,
  });
}

function faultWords(fault: LedgerFault | null, account: LedgerFault['account']): string | null {
  if (fault?.account !== account) return null;
  const { entered, accountedFor } = fault;
  return `This account does not balance: ${formatCount(entered)} went in, ${formatCount(accountedFor)} are accounted for. That is a defect of Kinetoscope, not of the archive. Pause the replay, keep its receipt, and compare the target with the archive before you rely on it.`;
}

/** How many records may be in the target twice, where they come from, and what to do about them. */
export function duplicateWords(ledger: Ledger): string {
  const { recordsInLostAnswers: lost, recordsInterrupted: interrupted } = ledger;
  if (possibleDuplicates(ledger) === 0) {
    return 'None: every request was answered, and its answer written down.';
  }
  const causes = [
    ...(lost > 0 ? [`${formatCount(lost)} in requests whose answer was lost`] : []),
    ...(interrupted > 0
      ? [`${formatCount(interrupted)} in requests that a worker could not write the answer of`]
      : []),
  ];
  return `At most so many: ${causes.join(', ')}. Nobody knows whether Kinesis took them, so they were sent again rather than lost. Consumers that must not see a record twice have to tell by what is in it.`;
}
