'use client';

import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useRef } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { ReshardLink } from '#components/reshard/reshard-link.tsx';
import { shortShardId } from '#lib/format/shard-id.ts';
import { useLineageShard } from '#lib/lineage/use-lineage-shard.ts';
import type { PeriodAt } from '#lib/live/figure-period.ts';
import type { Pulse } from '#lib/live/pulse.ts';
import type { ShardDetail } from '#lib/live/shard-page.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { useShard } from '#lib/live/use-shard.ts';
import { rankWords } from '#lib/shard-drawer/rank-words.ts';
import { readShardLine } from '#lib/shards/read-shard-line.ts';
import type { TimeRange } from '#lib/time/time-range.ts';
import { DrawerCharts } from './drawer-charts.tsx';
import { DrawerFacts } from './drawer-facts.tsx';
import { DrawerLimits } from './drawer-limits.tsx';
import { DrawerNeighbours } from './drawer-neighbours.tsx';
import classes from './shard-drawer.module.css';
import { useDrawerKeys } from './use-drawer-keys.ts';

export type ShardDrawerProps = {
  readonly row: StreamRow;
  readonly pulse: Pulse;
  /** A past period; null for the newest. */
  readonly at: PeriodAt | null;
  readonly range: TimeRange;
  readonly onSpan: (fromMs: number, toMs: number) => void;
  readonly stale: boolean;
  /** Why a shard may have no datapoint. */
  readonly unknownReason: string;
  readonly shardId: string;
  readonly onSelect: (shardId: string | null) => void;
};

/** All about the chosen shard, beside the page: the strip stays in sight and marks it. */
export function ShardDrawer(props: ShardDrawerProps) {
  const { row, pulse, at, shardId, onSelect, stale } = props;
  const box = useRef<HTMLElement>(null);
  useDrawerKeys(box, () => onSelect(null));
  const { detail } = useShard(pulse, at, { by: 'id', shardId });
  const { life, failure } = useLineageShard(row.streamId, pulse.topologyId, shardId);
  return (
    // Not <aside>, which would be a landmark inside another.
    <section ref={box} className={classes.drawer} aria-labelledby="drawer-title" tabIndex={-1}>
      <header className={classes.head}>
        <h2 id="drawer-title" className={classes.title}>
          Shard {shortShardId(shardId)}
        </h2>
        {life !== null && (
          <span className={classes.state} data-state={life.state}>
            {life.state}
          </span>
        )}
        <button
          type="button"
          className={classes.close}
          aria-label="Close the shard’s details"
          title="Close (Esc)"
          onClick={() => onSelect(null)}
        >
          <IconX size={16} stroke={1.75} aria-hidden />
        </button>
        <div className={classes.id}>
          <CopyText short={shardId} whole={shardId} what="the shard id" />
        </div>
      </header>
      {failure !== null && life === null && <p className={classes.missing}>{failure}</p>}
      {detail !== null && <Present {...props} detail={detail} stale={stale} />}
      {life !== null && (
        <section aria-label="Range and life">
          <h3 className={classes.heading}>Range and life</h3>
          <DrawerFacts life={life} retentionHours={row.retentionHours} onSelect={onSelect} />
        </section>
      )}
      {life === null && failure === null && <p className={classes.missing}>Reading the shard…</p>}
      {life !== null && (
        <section aria-label="Charts of the shard">
          <DrawerCharts
            row={row}
            shardId={shardId}
            range={props.range}
            markMs={at?.periodStartMs ?? null}
            onSpan={props.onSpan}
            stale={stale}
          />
        </section>
      )}
    </section>
  );
}

/** What it does in the period that the page shows, and who lies beside it. */
function Present(props: ShardDrawerProps & { readonly detail: ShardDetail }) {
  const { row, pulse, at, detail, stale, onSelect } = props;
  const { line, period, rank, openCount } = detail;
  const { reading } = readShardLine(line, period);
  // Shards of an on-demand stream are AWS's, and those of the past are past.
  const mayReshard = row.mode === 'PROVISIONED' && at === null;
  if (line.place === null) {
    return (
      <p className={classes.missing}>
        {line.state === 'closed'
          ? 'It takes no more records; those in it can be read until they are past retention.'
          : 'It takes no more records, and none in it can be read.'}
      </p>
    );
  }
  return (
    <>
      <section aria-label="Use of its limits">
        <h3 className={classes.heading}>
          {at === null ? 'Now' : 'Then'}
          {rank !== null && (
            <span className={classes.quiet}>
              {' '}
              {rankWords(
                rank,
                openCount,
                at === null && row.hottest?.shardId === line.shard.shardId,
              )}
            </span>
          )}
        </h3>
        {reading === null || period === null || reading.tightest.limit === null ? (
          <p className={classes.quiet}>No datapoint: {props.unknownReason}</p>
        ) : (
          <DrawerLimits
            streamId={row.streamId}
            shardId={line.shard.shardId}
            reading={reading}
            period={period}
            isNow={at === null}
            stale={stale}
          />
        )}
        {mayReshard && (
          <ReshardLink target={{ goal: 'split-shard', shard: line.shard.shardId }}>
            Split at the load median…
          </ReshardLink>
        )}
      </section>
      <section aria-label="Neighbours on the ring">
        <h3 className={classes.heading}>Neighbours</h3>
        <DrawerNeighbours
          pulse={pulse}
          at={at}
          place={line.place}
          openCount={openCount}
          reading={reading}
          onSelect={onSelect}
        />
        {mayReshard && (
          <>
            {line.place > 0 && (
              <ReshardLink
                target={{ goal: 'merge-shards', shard: line.shard.shardId, side: 'left' }}
              >
                Merge with the left…
              </ReshardLink>
            )}{' '}
            {line.place + 1 < openCount && (
              <ReshardLink
                target={{ goal: 'merge-shards', shard: line.shard.shardId, side: 'right' }}
              >
                Merge with the right…
              </ReshardLink>
            )}
          </>
        )}
      </section>
    </>
  );
}
