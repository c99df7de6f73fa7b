'use client';

import { memo, type Ref } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { HealthMark } from '#components/primitives/health-mark.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { rowAdvice } from '#lib/advice/row-advice.ts';
import { decidingConsumerHref } from '#lib/consumers/deciding-consumer.ts';
import type { Freshness } from '#lib/domain/freshness.ts';
import type { Health } from '#lib/domain/health.ts';
import { countOf } from '#lib/format/count.ts';
import { shortenShardIds } from '#lib/format/shard-id.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { policyStatement } from '#lib/stream-admin/policy-statement.ts';
import { accountOf } from '#lib/streams/account-of.ts';
import { healthNow } from '#lib/streams/judge-row.ts';
import { modeWord } from '#lib/streams/match-row.ts';
import type { StreamColumn } from '#lib/streams/stream-columns.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { StreamCell } from './stream-cell.tsx';
import classes from './stream-table.module.css';

type StreamTableRowProps = {
  readonly ref: Ref<HTMLTableRowElement>;
  /** Place among all rows, from 0. */
  readonly index: number;
  readonly row: StreamRow;
  readonly fresh: Freshness;
  readonly columns: readonly StreamColumn[];
  readonly withConnection: boolean;
  readonly withAccount: boolean;
};

/** One stream. Drawn again only where the row, its freshness or the columns changed; ages count by themselves. */
export const StreamTableRow = memo(function StreamTableRow(props: StreamTableRowProps) {
  const { row, fresh, index } = props;
  const zone = useZone();
  const health = healthNow(row, fresh, zone);
  const advice = rowAdvice(row, health);
  const deniedAction = row.collection.failure?.deniedAction;
  return (
    <tr
      ref={props.ref}
      data-index={index}
      aria-rowindex={index + 2}
      className={classes.row}
      data-level={health.level}
      data-stale={fresh !== 'fresh' || undefined}
    >
      {props.columns.map((column) => {
        switch (column) {
          case 'health':
            return (
              <td
                key={column}
                className={classes.health}
                title={advice === null ? health.reason : `${health.reason} ${advice}`}
              >
                <HealthMark level={health.level} />
                {deniedAction !== undefined && (
                  <>
                    {' '}
                    <CopyText
                      short="policy"
                      whole={policyStatement(deniedAction, row.streamArn)}
                      what={`the statement that allows ${deniedAction}`}
                    />
                  </>
                )}
                <Reason row={row} health={health} />
              </td>
            );
          case 'name':
            return (
              <th key={column} scope="row" className={classes.name}>
                <PageLink
                  className={classes.link}
                  href={streamHref(row.connection, row.streamName)}
                  title={row.streamArn}
                >
                  {row.streamName}
                </PageLink>
                <span className={classes.second}>
                  {props.withConnection && `${row.connection} · `}
                  {props.withAccount && `${accountOf(row.streamArn) ?? 'unknown account'} · `}
                  {modeWord(row.mode)}
                  {' · '}
                  <span className={classes.status} data-status={row.status}>
                    {row.status.toLowerCase()}
                  </span>
                  <span className={classes.narrow}>
                    {` · ${countOf(row.openShardCount, 'shard')}`}
                  </span>
                </span>
              </th>
            );
          default:
            return <StreamCell key={column} column={column} row={row} fresh={fresh} />;
        }
      })}
    </tr>
  );
});

/** What decides; the way to the consumer, where it is one. */
function Reason({ row, health }: { readonly row: StreamRow; readonly health: Health }) {
  const href = decidingConsumerHref(row, health);
  const words = shortenShardIds(health.reason);
  return href === null ? (
    <span className={classes.second}>{words}</span>
  ) : (
    <PageLink className={classes.second} href={href}>
      {words}
    </PageLink>
  );
}
