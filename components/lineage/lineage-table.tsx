'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { RowsSpacer } from '#components/primitives/rows-spacer.tsx';
import { ShardButton } from '#components/primitives/shard-button.tsx';
import { countOf } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { LineageBandView, LineageMap } from '#lib/lineage/lineage-map.ts';
import { fateWords, originWords, readableWords } from '#lib/lineage/lineage-words.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './lineage-view.module.css';

const ROW_HEIGHT = 24;
const HEADS = ['Shard', 'State', 'Share of window', 'Created', 'Ended', 'From', 'Then', 'Readable'];

type LineageTableProps = {
  map: LineageMap;
  row: StreamRow;
  nowMs: number;
  onSelect: (shardId: string) => void;
};

/** The bands of the picture as a table, the youngest first; only the rows in sight are in the page. */
export function LineageTable({ map, row, nowMs, onSelect }: LineageTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const bands = useMemo(
    () => [...map.bands].sort((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0)),
    [map],
  );
  const rows = useVirtualizer({
    count: bands.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  const items = rows.getVirtualItems();
  return (
    <section
      ref={scroller}
      className={classes.tableBox}
      aria-label="Shards over time as a table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
      tabIndex={0}
    >
      <table className={classes.table} aria-rowcount={bands.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <RowsSpacer height={items[0]?.start ?? 0} columns={HEADS.length} />
        <tbody>
          {items.map((item) => {
            const band = bands[item.index];
            return (
              band !== undefined && (
                <BandRow
                  key={item.key}
                  index={item.index}
                  band={band}
                  retentionHours={row.retentionHours}
                  nowMs={nowMs}
                  onSelect={onSelect}
                />
              )
            );
          })}
        </tbody>
        <RowsSpacer
          height={rows.getTotalSize() - (items.at(-1)?.end ?? 0)}
          columns={HEADS.length}
        />
      </table>
      {bands.length === 0 && <p className={classes.unread}>No shard lived in this time.</p>}
    </section>
  );
}

function BandRow(props: {
  readonly index: number;
  readonly band: LineageBandView;
  readonly retentionHours: number;
  readonly nowMs: number;
  readonly onSelect: (shardId: string) => void;
}) {
  const { band, retentionHours, nowMs } = props;
  const zone = useZone();
  const { shard } = band;
  const instant = (ms: number | null, unknown: string) =>
    ms === null ? unknown : formatInstant(ms, zone);
  return (
    <tr aria-rowindex={props.index + 2}>
      <th scope="row">
        {shard === null ? (
          countOf(band.count, 'shard')
        ) : (
          <ShardButton shardId={shard.shard.shardId} onSelect={props.onSelect} />
        )}
      </th>
      <td>{band.state}</td>
      <td>{formatShare(band.end - band.start)}</td>
      <td>{instant(band.createdAtMs, 'unknown')}</td>
      <td>{band.state === 'open' ? 'open' : instant(band.endedAtMs, 'unknown')}</td>
      <td>{shard === null ? 'several' : originWords(shard.parents)}</td>
      <td>{shard === null ? 'several' : fateWords(shard)}</td>
      <td>{readableWords(band, { retentionHours, nowMs, zone })}</td>
    </tr>
  );
}
