'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { RowsSpacer } from '#components/primitives/rows-spacer.tsx';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import { chartTableHeads, chartTablePeriodHead, chartTableRow } from '#lib/charts/chart-table.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './chart-table.module.css';

const ROW_HEIGHT = 22;

/** The figures of a chart as a table, the newest period first; only the rows in sight are in the page. */
export function ChartTable({ model, height }: { model: ChartModel; height: number }) {
  const zone = useZone();
  const scroller = useRef<HTMLDivElement>(null);
  const count = model.periodStartMs.length;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  const heads = chartTableHeads(model);
  const items = rows.getVirtualItems();
  return (
    <section
      ref={scroller}
      className={classes.box}
      style={{ height }}
      aria-label={`${model.title} as a table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
      tabIndex={0}
    >
      <table className={classes.table} aria-rowcount={count + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{chartTablePeriodHead(model, zone)}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <RowsSpacer height={items[0]?.start ?? 0} columns={heads.length + 1} />
        <tbody>
          {items.map((item) => {
            const row = chartTableRow(model, item.index, zone);
            return row === null ? null : (
              <tr key={row.periodStartMs} aria-rowindex={item.index + 2}>
                <th scope="row">{row.period}</th>
                {row.cells.map((cell, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells stand under their heads
                  <td key={i}>{cell}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
        <RowsSpacer
          height={rows.getTotalSize() - (items.at(-1)?.end ?? 0)}
          columns={heads.length + 1}
        />
      </table>
      {count === 0 && <p className={classes.none}>No period has been read in this time.</p>}
    </section>
  );
}
