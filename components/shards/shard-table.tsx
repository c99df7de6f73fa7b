'use client';

import { useMemo } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { Message } from '#components/primitives/message.tsx';
import { SourceLine } from '#components/primitives/source-line.tsx';
import type { FrameView, TopologyView } from '#lib/live/stream-detail.ts';
import { arrangeShards } from '#lib/shards/arrange-shards.ts';
import { prepareShardFacts, prepareShardReadings } from '#lib/shards/prepare-shards.ts';
import { whyNoReading } from '#lib/shards/why-no-reading.ts';
import { whyNotListed } from '#lib/shards/why-not-listed.ts';
import { ShardRows } from './shard-rows.tsx';
import classes from './shard-table.module.css';
import { ShardTools } from './shard-tools.tsx';
import { useShardsView } from './shards-view.ts';

export type ShardTableProps = {
  readonly topology: TopologyView;
  /** The newest settled period; null where there is none. */
  readonly frame: FrameView | null;
  readonly stale: boolean;
  readonly selectedShardId: string | null;
  readonly onSelect: (shardId: string | null) => void;
};

/** The shards of a stream with their ranges, figures and use of each limit. */
export function ShardTable(props: ShardTableProps) {
  const { topology, frame, stale } = props;
  const view = useShardsView();
  const facts = useMemo(() => prepareShardFacts(topology), [topology]);
  const readings = useMemo(() => prepareShardReadings(topology, frame), [topology, frame]);
  const { search, filter, withClosed, sort, direction } = view;
  const lines = useMemo(
    () => arrangeShards(facts, readings, { search, filter, withClosed, sort, direction }),
    [facts, readings, search, filter, withClosed, sort, direction],
  );
  const missing = whyNotListed(topology, props.selectedShardId, withClosed);

  return (
    <section className={classes.section} aria-labelledby="shards-heading">
      <ShardTools
        view={view}
        shown={lines.length}
        openCount={topology.open.length}
        closedCount={topology.closed.length}
      />
      <p role="status" className={classes.missing}>
        {missing !== null && (
          <>
            <span>{missing}</span>
            <Button onClick={() => props.onSelect(null)}>Choose none</Button>
          </>
        )}
      </p>
      {lines.length === 0 ? (
        <div className={classes.none}>
          <Message
            title={filter === 'all' || search !== '' ? 'No shard matches' : NONE_TITLES[filter]}
            action={<Button onClick={view.onReset}>Show all shards</Button>}
          >
            <p>
              {filter === 'all' || search !== ''
                ? 'The search takes a shard’s number, a part of its id or of a parent’s, or the first hexadecimal digits of a bound of its range.'
                : NONE_WORDS[filter]}
            </p>
          </Message>
        </div>
      ) : (
        <ShardRows
          lines={lines}
          view={view}
          stale={stale}
          unknown={whyNoReading(frame)}
          selectedShardId={props.selectedShardId}
          onSelect={props.onSelect}
        />
      )}
      <SourceLine source={frame} stale={stale} />
    </section>
  );
}

const NONE_TITLES = { hot: 'No shard runs hot', throttled: 'No shard refuses records' } as const;

const NONE_WORDS = {
  hot: 'Every shard used less than 80 % of each of its limits over the period below, as far as CloudWatch knows.',
  throttled: 'No shard refused a record over the period below, as far as CloudWatch knows.',
} as const;
