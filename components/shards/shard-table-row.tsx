'use client';

import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { Figure } from '#components/primitives/figure.tsx';
import { LIMITS } from '#lib/domain/throughput.ts';
import { shortHashKey } from '#lib/format/hash-key.ts';
import { formatShare } from '#lib/format/percent.ts';
import { bytesPerSecondQuantity, recordsPerSecondQuantity } from '#lib/format/rate.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { ShardFacts, ShardReading } from '#lib/shards/prepare-shards.ts';
import { HashRangeCell } from './hash-range-cell.tsx';
import { LagFigure } from './lag-figure.tsx';
import { LimitUse } from './limit-use.tsx';
import { SequenceNumbers } from './sequence-numbers.tsx';
import { ShardAge } from './shard-age.tsx';
import classes from './shard-table.module.css';
import { ThrottledRecords } from './throttled-records.tsx';

/** One shard. Drawn again only where its reading, or the choice of it, changed. */
export const ShardTableRow = memo(function ShardTableRow(props: {
  /** Place among all rows shown, from 0. */
  readonly index: number;
  readonly facts: ShardFacts;
  readonly reading: ShardReading | null;
  /** Why a figure is missing, where one is. */
  readonly unknown: string;
  readonly selected: boolean;
  readonly onSelect: (shardId: string) => void;
}) {
  const { facts, reading, unknown } = props;
  const { shardId } = facts.shard;
  const figures = reading?.figures;
  return (
    // A click anywhere on the row chooses the shard, as the button in its first cell does for keys.
    <tr
      className={classes.row}
      aria-rowindex={props.index + 2}
      data-selected={props.selected || undefined}
      data-closed={!facts.open || undefined}
      onClick={() => props.onSelect(shardId)}
    >
      <th scope="row" className={classes.shard}>
        <button
          type="button"
          className={classes.choose}
          aria-pressed={props.selected}
          title={`${shardId}, ${shortHashKey(facts.range.start)} to ${shortHashKey(facts.range.end)}, ${formatShare(facts.share)} of the ring`}
        >
          <span aria-hidden="true">{shortShardId(shardId)}</span>
          <VisuallyHidden>Choose {shardId}</VisuallyHidden>
        </button>
        <CopyText whole={shardId} what="the shard id" />
      </th>
      <td className={classes.range}>
        <HashRangeCell range={facts.range} />
      </td>
      <td className={classes.share}>{formatShare(facts.share)}</td>
      <td className={classes.rate}>
        <Figure
          quantity={bytesPerSecondQuantity(figures?.writeBytesPerSecond ?? null)}
          unknown={unknown}
          zeroIsQuiet
        />
      </td>
      <td className={classes.rate}>
        <Figure
          quantity={recordsPerSecondQuantity(figures?.writeRecordsPerSecond ?? null)}
          unknown={unknown}
          zeroIsQuiet
        />
      </td>
      {LIMITS.map((limit) => (
        <td key={limit} className={classes.use}>
          <LimitUse
            use={reading?.use[limit] ?? null}
            tightest={reading?.tightest.limit === limit}
            unknown={unknown}
          />
        </td>
      ))}
      <td className={classes.rate}>
        <ThrottledRecords records={figures?.writeThrottledRecords ?? null} unknown={unknown} />
      </td>
      <td className={classes.rate}>
        <LagFigure lagMs={figures?.iteratorAgeMs ?? null} unknown={unknown} />
      </td>
      <td className={classes.state}>{facts.open ? 'open' : 'closed'}</td>
      <td className={classes.age}>
        <ShardAge createdAtMs={facts.createdAtMs} />
      </td>
      <td className={classes.parents}>
        {facts.parents.length === 0 ? (
          <span
            className={classes.root}
            title="Made with the stream, or the parent is past retention"
          >
            none
          </span>
        ) : (
          facts.parents.map((id) => (
            <CopyText key={id} short={shortShardId(id)} whole={id} what="the parent’s id" />
          ))
        )}
      </td>
      <td className={classes.sequence}>
        <SequenceNumbers shard={facts.shard} />
      </td>
    </tr>
  );
});
