'use client';

import type { CSSProperties, ReactNode } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import type { Limit } from '#lib/domain/throughput.ts';
import { formatLag } from '#lib/format/age.ts';
import { formatCount } from '#lib/format/count.ts';
import { formatShare, percentQuantity } from '#lib/format/percent.ts';
import { type Figure, isKnown, type Quantity, UNKNOWN } from '#lib/format/quantity.ts';
import { bytesPerSecondQuantity, recordsPerSecondQuantity } from '#lib/format/rate.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { ShardRowModel } from '#lib/shards/read-shard-line.ts';
import type { ShardColumnId } from '#lib/shards/shard-columns.ts';
import { LIMIT_NAMES } from '#lib/strip/limit-lines.ts';
import { stepOfUse } from '#lib/strip/use-step.ts';
import { HashRangeCell } from './hash-range-cell.tsx';
import { SequenceNumbers } from './sequence-numbers.tsx';
import { ShardAge } from './shard-age.tsx';
import classes from './shard-table.module.css';

type ShardCellProps = {
  readonly column: Exclude<ShardColumnId, 'shard'>;
  readonly row: ShardRowModel;
  /** Why a figure is missing, where one is. */
  readonly unknown: string;
};

/** A cell of the shard table. Few elements each: there are hundreds. */
export function ShardCell({ column, row, unknown }: ShardCellProps) {
  const { facts, reading } = row;
  const figures = reading?.figures;
  switch (column) {
    case 'use':
      return (
        <UseCell use={reading?.tightest.use ?? null} unknown={unknown} binds>
          {reading?.tightest.limit != null && (
            <span className={classes.unit}> {LIMIT_NAMES[reading.tightest.limit]}</span>
          )}
        </UseCell>
      );
    case 'write-bytes':
      return limitCell('writeBytes', row, unknown);
    case 'write-records':
      return limitCell('writeRecords', row, unknown);
    case 'read-bytes':
      return limitCell('readBytes', row, unknown);
    case 'bytes-in':
      return quantityCell(bytesPerSecondQuantity(figures?.writeBytesPerSecond ?? null), unknown);
    case 'bytes-out':
      return quantityCell(bytesPerSecondQuantity(figures?.readBytesPerSecond ?? null), unknown);
    case 'records-in':
      return quantityCell(
        recordsPerSecondQuantity(figures?.writeRecordsPerSecond ?? null),
        unknown,
      );
    case 'throttled':
      return refusedCell(figures?.writeThrottledRecords ?? null, 'rec', unknown);
    case 'reads-throttled':
      return refusedCell(figures?.readThrottledCalls ?? null, 'calls', unknown);
    case 'iterator-age': {
      const lagMs = figures?.iteratorAgeMs ?? null;
      return (
        <td className={classes.figure}>
          {isKnown(lagMs) ? formatLag(lagMs) : <Unknown reason={unknown} />}
        </td>
      );
    }
    case 'range':
      return (
        <td>
          <HashRangeCell range={facts.range} />
        </td>
      );
    case 'decimal':
      return (
        <td>
          <CopyText
            short={String(facts.range.start)}
            whole={String(facts.range.start)}
            what="the first hash key"
          />
          <CopyText
            short={String(facts.range.end)}
            whole={String(facts.range.end)}
            what="the last hash key"
          />
        </td>
      );
    case 'share':
      return <td className={classes.figure}>{formatShare(facts.share)}</td>;
    case 'age':
      return (
        <td className={classes.figure}>
          <ShardAge createdAtMs={facts.createdAtMs} />
        </td>
      );
    case 'state':
      return <td>{facts.state}</td>;
    case 'parents':
      return idsCell(
        facts.parents,
        'the parent’s id',
        'Made with the stream, or the parent is past retention',
      );
    case 'children':
      return idsCell(row.childShardIds, 'the child’s id', 'Neither split nor merged');
    case 'sequence':
      return (
        <td>
          <SequenceNumbers shard={facts.shard} />
        </td>
      );
  }
}

function limitCell(limit: Limit, { reading }: ShardRowModel, unknown: string) {
  return (
    <UseCell
      use={reading?.use[limit] ?? null}
      unknown={unknown}
      binds={reading?.tightest.limit === limit}
    />
  );
}

/** Use of a limit as figure and, drawn by the style sheet, as bar. */
function UseCell(props: {
  readonly use: Figure;
  readonly unknown: string;
  readonly binds: boolean;
  readonly children?: ReactNode;
}) {
  const { use } = props;
  const step = isKnown(use) ? stepOfUse(use) : null;
  const bar = {
    '--use': isKnown(use) ? String(Math.min(1.25, use)) : '0',
    '--ink': `var(--k-use-${step ?? 0})`,
  } as CSSProperties;
  return (
    <td
      className={classes.use}
      style={bar}
      data-unknown={step === null || undefined}
      data-binds={props.binds || undefined}
    >
      {quantityText(percentQuantity(use), props.unknown)}
      {props.children}
    </td>
  );
}

function quantityCell(quantity: Quantity, unknown: string) {
  return (
    <td className={classes.figure} data-quiet={quantity.value === '0' || undefined}>
      {quantityText(quantity, unknown)}
    </td>
  );
}

function refusedCell(count: Figure, unit: string, unknown: string) {
  const some = isKnown(count) && count > 0;
  return (
    <td
      className={classes.figure}
      data-refused={some || undefined}
      data-quiet={count === 0 || undefined}
    >
      {quantityText({ value: formatCount(count), unit }, unknown)}
    </td>
  );
}

function quantityText({ value, unit }: Quantity, unknown: string): ReactNode {
  if (value === UNKNOWN) return <Unknown reason={unknown} />;
  // No element of its own for the unit of a percentage, which is as short as can be.
  if (unit === '%') return `${value} %`;
  return (
    <>
      {value} <span className={classes.unit}>{unit}</span>
    </>
  );
}

function idsCell(ids: readonly string[], what: string, none: string) {
  return (
    <td title={ids.length === 0 ? none : undefined} data-quiet={ids.length === 0 || undefined}>
      {ids.length === 0
        ? 'none'
        : ids.map((id) => <CopyText key={id} short={shortShardId(id)} whole={id} what={what} />)}
    </td>
  );
}
