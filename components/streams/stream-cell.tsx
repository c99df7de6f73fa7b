'use client';

import { Age } from '#components/primitives/age.tsx';
import { Figure } from '#components/primitives/figure.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { MiniStrip } from '#components/strip/mini-strip.tsx';
import type { Freshness } from '#lib/domain/freshness.ts';
import { formatAge, formatLag } from '#lib/format/age.ts';
import { formatCount } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';
import type { Quantity } from '#lib/format/quantity.ts';
import { bytesPerSecondQuantity, recordsPerSecondQuantity } from '#lib/format/rate.ts';
import { formatInstant } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { MODE_WORDS } from '#lib/stream-admin/setting-words.ts';
import { accountOf } from '#lib/streams/account-of.ts';
import { whyStale } from '#lib/streams/judge-row.ts';
import { streamLimitUse } from '#lib/streams/limit-use.ts';
import { COLUMN_FACTS, type StreamColumn } from '#lib/streams/stream-columns.ts';
import { whyNoRate } from '#lib/streams/why-unknown.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { ConsumersCell } from './consumers-cell.tsx';
import { HottestShard } from './hottest-shard.tsx';
import classes from './stream-table.module.css';
import { TagsCell } from './tags-cell.tsx';
import { Throttled } from './throttled.tsx';

type CellProps = { readonly row: StreamRow; readonly fresh: Freshness };

/** One cell of a stream, but those of its health and its name. */
export function StreamCell({
  column,
  row,
  fresh,
}: CellProps & { readonly column: Exclude<StreamColumn, 'health' | 'name'> }) {
  return (
    <td className={CLASS_OF[column]} data-label={COLUMN_FACTS[column].head.toLowerCase()}>
      <Content column={column} row={row} fresh={fresh} />
    </td>
  );
}

function Content({ column, row, fresh }: Parameters<typeof StreamCell>[0]) {
  const zone = useZone();
  const { rates } = row;
  const why = whyNoRate(row, zone);
  switch (column) {
    case 'shards':
      return formatCount(row.openShardCount);
    case 'bytes-in':
      return (
        <Rate
          quantity={bytesPerSecondQuantity(rates?.incomingBytesPerSecond ?? null)}
          why={why}
          use={streamLimitUse(row).bytesIn}
        />
      );
    case 'records-in':
      return (
        <Rate
          quantity={recordsPerSecondQuantity(rates?.incomingRecordsPerSecond ?? null)}
          why={why}
          use={streamLimitUse(row).recordsIn}
        />
      );
    case 'bytes-out':
      return (
        <Rate
          quantity={bytesPerSecondQuantity(rates?.outgoingBytesPerSecond ?? null)}
          why={why}
          use={streamLimitUse(row).bytesOut}
        />
      );
    case 'records-out':
      return (
        <Rate
          quantity={recordsPerSecondQuantity(rates?.outgoingRecordsPerSecond ?? null)}
          why={why}
          use={null}
        />
      );
    case 'throttled':
      return <Throttled row={row} />;
    case 'lag':
      return (
        <Lag
          lagMs={rates?.iteratorAgeMs ?? null}
          unknown={row.period === null ? why : `nobody read the stream by GetRecords; ${why}`}
        />
      );
    case 'hottest':
      return <HottestShard row={row} />;
    case 'strip':
      return <MiniStrip strip={row.miniStrip} stale={fresh !== 'fresh'} height={28} />;
    case 'mode':
      return MODE_WORDS[row.mode];
    case 'retention':
      return (
        <span>
          {formatCount(row.retentionHours)} <span className={classes.unit}>h</span>
        </span>
      );
    case 'consumers':
      return <ConsumersCell row={row} />;
    case 'encryption':
      return row.encryption === 'KMS' ? 'KMS' : 'Off';
    case 'account': {
      const account = accountOf(row.streamArn);
      return account === null ? (
        <Unknown reason="the ARN names no account" />
      ) : (
        <span className="k-mono">{account}</span>
      );
    }
    case 'tags':
      return <TagsCell streamId={row.streamId} />;
    case 'created':
      return <Created row={row} />;
    case 'age':
      return (
        <Age
          sinceMs={row.collection.collectedAtMs}
          fresh={fresh}
          cause={fresh === 'fresh' ? null : whyStale(row, zone)}
          period={row.period}
        />
      );
  }
}

/** A rate, and under it how much that is of what the open shards take or give together. */
function Rate(props: {
  readonly quantity: Quantity;
  readonly why: string;
  readonly use: number | null;
}) {
  return (
    <>
      <Figure quantity={props.quantity} unknown={props.why} zeroIsQuiet />
      {props.use !== null && (
        <span className={classes.second} title="of what all open shards take or give together">
          {formatUse(props.use)} of limit
        </span>
      )}
    </>
  );
}

function Lag(props: { readonly lagMs: number | null; readonly unknown: string }) {
  return props.lagMs === null ? (
    <Unknown reason={props.unknown} />
  ) : (
    <span>{formatLag(props.lagMs)}</span>
  );
}

function Created({ row }: { readonly row: StreamRow }) {
  const nowMs = useServerNow(60_000);
  const zone = useZone();
  return (
    <span title={`Created at ${formatInstant(row.createdAtMs, zone)}`}>
      {formatAge(nowMs - row.createdAtMs)}
    </span>
  );
}

const CLASS_OF: Readonly<Record<Exclude<StreamColumn, 'health' | 'name'>, string | undefined>> = {
  shards: classes.shards,
  'bytes-in': classes.rate,
  'records-in': classes.rate,
  'bytes-out': classes.out,
  'records-out': classes.out,
  throttled: classes.throttled,
  lag: classes.lag,
  hottest: classes.hottest,
  strip: classes.strip,
  mode: classes.fact,
  retention: classes.factNumber,
  consumers: classes.factNumber,
  encryption: classes.fact,
  account: classes.fact,
  tags: classes.fact,
  created: classes.factNumber,
  age: classes.age,
};
