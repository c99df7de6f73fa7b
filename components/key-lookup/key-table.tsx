'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { RowsSpacer } from '#components/primitives/rows-spacer.tsx';
import { ShardButton } from '#components/primitives/shard-button.tsx';
import { hashKeyToHex } from '#lib/domain/hash-key.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import { type BatchKey, countByShard, KEYS_MAX, type KeyBatch } from '#lib/key-lookup/key-batch.ts';
import { problemWords } from '#lib/key-lookup/key-words.ts';
import { useKeyPlaces } from '#lib/key-lookup/use-key-places.ts';
import type { Pulse } from '#lib/live/pulse.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import classes from './key-lookup.module.css';

const ROW_HEIGHT = 26;
const COLUMNS = 4;
/** Shards named in the counts; the table has all. */
const COUNTED_MAX = 12;

type KeyTableProps = {
  row: StreamRow;
  pulse: Pulse;
  batch: KeyBatch;
  onSelect: (shardId: string) => void;
};

/** Many keys with their shards, and how many of them each shard holds. */
export function KeyTable({ row, pulse, batch, onSelect }: KeyTableProps) {
  const hashes = useMemo(
    () => batch.keys.map(({ hashKey }) => hashKey).filter((key) => key !== null),
    [batch],
  );
  const { shardIds, failure } = useKeyPlaces(row.streamId, pulse.topologyId, hashes);
  const shardOf = useMemo(() => shardByKey(batch.keys, shardIds), [batch, shardIds]);
  const counts = countByShard(shardIds ?? []);
  const faulty = batch.keys.length - hashes.length;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: batch.keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  const items = rows.getVirtualItems();
  return (
    <section className={classes.batch} aria-label="Many keys and their shards">
      <p role="status">
        {countOf(hashes.length, 'key')} on {countOf(counts.length, 'shard')} of{' '}
        {formatCount(row.openShardCount)} open
        {faulty > 0 && `; ${countOf(faulty, 'line')} ${faulty === 1 ? 'is' : 'are'} no key`}
        {batch.leftOut > 0 &&
          `; ${countOf(batch.leftOut, 'line')} beyond ${formatCount(KEYS_MAX)} left out`}
        {failure !== null && `. The shards could not be read: ${failure}`}
      </p>
      {counts.length > 0 && (
        <ol className={classes.counts} aria-label="Keys by shard, most first">
          {counts.slice(0, COUNTED_MAX).map(({ shardId, count }) => (
            <li key={shardId}>
              <ShardButton shardId={shardId} onSelect={onSelect} /> {formatCount(count)}{' '}
              <span className={classes.quiet}>{formatShare(count / hashes.length)}</span>
            </li>
          ))}
          {counts.length > COUNTED_MAX && (
            <li className={classes.quiet}>
              and {countOf(counts.length - COUNTED_MAX, 'more shard')}
            </li>
          )}
        </ol>
      )}
      <section
        ref={scroller}
        className={classes.tableBox}
        aria-label="Keys, rows in sight"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
        tabIndex={0}
      >
        <table className={classes.table} aria-rowcount={batch.keys.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">Line</th>
              <th scope="col">Key</th>
              <th scope="col">Hash key, hex</th>
              <th scope="col">Open shard</th>
            </tr>
          </thead>
          <RowsSpacer height={items[0]?.start ?? 0} columns={COLUMNS} />
          <tbody>
            {items.map(({ index }) => {
              const key = batch.keys[index];
              return (
                key !== undefined && (
                  <tr key={index} aria-rowindex={index + 2}>
                    <td>{formatCount(index + 1)}</td>
                    <th scope="row" className={classes.typed}>
                      {key.text}
                    </th>
                    <KeyCells
                      known={key}
                      shardId={shardOf[index] ?? null}
                      read={shardIds !== null}
                      onSelect={onSelect}
                    />
                  </tr>
                )
              );
            })}
          </tbody>
          <RowsSpacer height={rows.getTotalSize() - (items.at(-1)?.end ?? 0)} columns={COLUMNS} />
        </table>
      </section>
    </section>
  );
}

function KeyCells(props: {
  readonly known: BatchKey;
  readonly shardId: string | null;
  readonly read: boolean;
  readonly onSelect: (shardId: string) => void;
}) {
  const { known, shardId, read, onSelect } = props;
  if (known.hashKey === null) {
    return <td colSpan={2}>{known.problem === null ? '' : problemWords(known.problem)}</td>;
  }
  const hex = hashKeyToHex(known.hashKey);
  return (
    <>
      <td className={classes.mono}>
        <CopyText short={hex} whole={hex} what="the hash in hexadecimal" />
      </td>
      <td>
        {shardId === null ? (
          read ? (
            'none: a hole of the ring'
          ) : (
            'reading…'
          )
        ) : (
          <ShardButton shardId={shardId} onSelect={onSelect} />
        )}
      </td>
    </>
  );
}

/** Only lines that are keys were looked up: their answers go back to their lines. */
function shardByKey(
  keys: readonly BatchKey[],
  shardIds: readonly (string | null)[] | null,
): readonly (string | null)[] {
  let next = 0;
  return keys.map(({ hashKey }) => {
    if (hashKey === null) return null;
    next += 1;
    return shardIds?.[next - 1] ?? null;
  });
}
