'use client';

import Link from 'next/link';
import { memo, type Ref } from 'react';
import { Age } from '#components/primitives/age.tsx';
import { Figure } from '#components/primitives/figure.tsx';
import { HealthMark } from '#components/primitives/health-mark.tsx';
import { MiniStrip } from '#components/strip/mini-strip.tsx';
import type { Freshness } from '#lib/domain/freshness.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { bytesPerSecondQuantity, recordsPerSecondQuantity } from '#lib/format/rate.ts';
import { shortenShardIds } from '#lib/format/shard-id.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { healthNow } from '#lib/streams/judge-row.ts';
import { modeWord } from '#lib/streams/match-row.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { whyNoRate } from '#lib/streams/why-unknown.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { HottestShard } from './hottest-shard.tsx';
import classes from './stream-table.module.css';
import { Throttled } from './throttled.tsx';

type StreamTableRowProps = {
  readonly ref: Ref<HTMLTableRowElement>;
  /** Place among all rows, from 0. */
  readonly index: number;
  readonly row: StreamRow;
  readonly fresh: Freshness;
  readonly withConnection: boolean;
};

/** One stream. Drawn again only where the row or its freshness changed; the age counts by itself. */
export const StreamTableRow = memo(function StreamTableRow(props: StreamTableRowProps) {
  const { row, fresh, index } = props;
  const zone = useZone();
  const health = healthNow(row, fresh, zone);
  const stale = fresh !== 'fresh';
  const why = whyNoRate(row, zone);
  return (
    <tr
      ref={props.ref}
      data-index={index}
      aria-rowindex={index + 2}
      className={classes.row}
      data-level={health.level}
      data-stale={stale || undefined}
    >
      <td className={classes.health} title={health.reason}>
        <HealthMark level={health.level} />
        <span className={classes.second}>{shortenShardIds(health.reason)}</span>
      </td>
      <th scope="row" className={classes.name}>
        <Link
          className={classes.link}
          href={streamHref(row.connection, row.streamName)}
          title={row.streamArn}
          // A page of 500 streams must not ask the server for each of them ahead.
          prefetch={false}
        >
          {row.streamName}
        </Link>
        <span className={classes.second}>
          {props.withConnection && `${row.connection} · `}
          {modeWord(row.mode)}
          {' · '}
          <span className={classes.status} data-status={row.status}>
            {row.status.toLowerCase()}
          </span>
          <span className={classes.narrow}>{` · ${countOf(row.openShardCount, 'shard')}`}</span>
        </span>
      </th>
      <td className={classes.shards} data-label="open shards">
        {formatCount(row.openShardCount)}
      </td>
      <td className={classes.rate} data-label="bytes in">
        <Figure
          quantity={bytesPerSecondQuantity(row.rates?.incomingBytesPerSecond ?? null)}
          unknown={why}
          zeroIsQuiet
        />
      </td>
      <td className={classes.rate} data-label="records in">
        <Figure
          quantity={recordsPerSecondQuantity(row.rates?.incomingRecordsPerSecond ?? null)}
          unknown={why}
          zeroIsQuiet
        />
      </td>
      <td className={classes.out} data-label="bytes out">
        <Figure
          quantity={bytesPerSecondQuantity(row.rates?.outgoingBytesPerSecond ?? null)}
          unknown={why}
          zeroIsQuiet
        />
      </td>
      <td className={classes.out} data-label="records out">
        <Figure
          quantity={recordsPerSecondQuantity(row.rates?.outgoingRecordsPerSecond ?? null)}
          unknown={why}
          zeroIsQuiet
        />
      </td>
      <td className={classes.throttled} data-label="throttled">
        <Throttled row={row} />
      </td>
      <td className={classes.hottest}>
        <HottestShard row={row} />
      </td>
      <td className={classes.strip}>
        <MiniStrip strip={row.miniStrip} stale={stale} height={28} />
      </td>
      <td className={classes.age} data-label="read">
        <Age
          sinceMs={row.collection.collectedAtMs}
          fresh={fresh}
          cause={stale ? health.reason : null}
          period={row.period}
        />
      </td>
    </tr>
  );
});
