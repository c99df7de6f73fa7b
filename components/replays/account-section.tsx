import { DataTable } from '#components/primitives/data-table.tsx';
import { HealthMark } from '#components/primitives/health-mark.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { formatBytes } from '#lib/format/bytes.ts';
import { formatCount } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import {
  type Account,
  type AccountLine,
  accountsOf,
  duplicateWords,
} from '#lib/replay/run-account.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import classes from './replays.module.css';

/** What became of each record: the ledger as two accounts that balance, and how many may be there twice. */
export function AccountSection({ run }: { readonly run: ReplayView }) {
  const { ledger, ledgerFault, possibleDuplicates } = run;
  return (
    <PageSection
      title="Ledger"
      beside={
        <HealthMark
          level={ledgerFault === null ? 'ok' : 'critical'}
          word={ledgerFault === null ? 'Balances' : 'Does not balance'}
        />
      }
    >
      <div className={classes.accounts}>
        {accountsOf(ledger, ledgerFault).map((account) => (
          <AccountTable key={account.key} account={account} />
        ))}
      </div>
      <p>
        <strong>Possible duplicates: {formatCount(possibleDuplicates)}.</strong>{' '}
        {duplicateWords(ledger)}
      </p>
      <Quiet>
        {formatBytes(ledger.emittedBytes)} of data and keys were acknowledged. Each figure is
        counted where it happens, and the sides are held against each other; work changed its worker{' '}
        {formatCount(ledger.takeovers)} {ledger.takeovers === 1 ? 'time' : 'times'}. Acknowledged
        after a later record of their key: {formatCount(ledger.orderInversions)} records, within
        slices.
      </Quiet>
    </PageSection>
  );
}

function AccountTable({ account }: { readonly account: Account }) {
  const { title, entered, became, sums, fault } = account;
  return (
    <div className={classes.account}>
      <DataTable className={classes.table}>
        <caption className={classes.caption}>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Went in</th>
            <th scope="col" data-numeric>
              Count
            </th>
            <th scope="col" data-numeric>
              Share
            </th>
          </tr>
        </thead>
        <Lines lines={entered} />
        <SumLine count={sums.entered} />
        <tbody>
          <tr className={classes.subhead}>
            <th scope="col">Became</th>
            <td colSpan={2} />
          </tr>
        </tbody>
        <Lines lines={became} />
        <SumLine count={sums.became} />
      </DataTable>
      {fault !== null && (
        <p role="alert" className={classes.bad}>
          {fault}
        </p>
      )}
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly AccountLine[] }) {
  return (
    <tbody>
      {lines.map(({ key, name, meaning, count, share }) => (
        <tr key={key} data-zero={count === 0 || undefined}>
          <th scope="row" title={meaning}>
            {name}
          </th>
          <td data-numeric>{formatCount(count)}</td>
          <td data-numeric>{share === null ? '' : formatShare(share)}</td>
        </tr>
      ))}
    </tbody>
  );
}

function SumLine({ count }: { readonly count: number }) {
  return (
    <tbody>
      <tr className={classes.sum}>
        <th scope="row">Sum</th>
        <td data-numeric>{formatCount(count)}</td>
        <td />
      </tr>
    </tbody>
  );
}
