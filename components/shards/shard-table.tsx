'use client';

import { memo, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { Message } from '#components/primitives/message.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { SourceLine } from '#components/primitives/source-line.tsx';
import type { PeriodAt } from '#lib/live/figure-period.ts';
import type { Pulse } from '#lib/live/pulse.ts';
import type { StreamPageStart } from '#lib/live/stream-detail.ts';
import { useShardPage } from '#lib/live/use-shard-page.ts';
import { exportHref } from '#lib/shards/export-href.ts';
import { ROWS_PER_ANSWER } from '#lib/shards/rows-wanted.ts';
import { whyNoReading } from '#lib/shards/why-no-reading.ts';
import { whyNotListed } from '#lib/shards/why-not-listed.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { ShardRows } from './shard-rows.tsx';
import classes from './shard-table.module.css';
import { ShardTools } from './shard-tools.tsx';
import { useShardsView } from './shards-view.ts';

export type ShardTableProps = {
  readonly pulse: Pulse;
  /** A past period; null for the newest. */
  readonly at: PeriodAt | null;
  readonly initial: StreamPageStart['shards'];
  readonly stale: boolean;
  readonly selectedShardId: string | null;
  readonly onSelect: (shardId: string | null) => void;
  /** Opens the plan of a split; null where none can be planned. */
  readonly onSplit: ((shardId: string) => void) | null;
};

/** The shards of a stream with their ranges, figures and use of each limit. */
export const ShardTable = memo(function ShardTable(props: ShardTableProps) {
  const { pulse, at, stale, selectedShardId } = props;
  const view = useShardsView();
  const zone = useZone();
  const { arrangement } = view;
  const [offset, setOffset] = useState(0);
  // A choice is brought to sight once: the answer that tells where it is holds the rows around it.
  const [broughtId, setBroughtId] = useState<string | null>(null);
  const { page, reading, failure } = useShardPage({
    pulse,
    at,
    wanted: {
      arrangement,
      offset,
      limit: ROWS_PER_ANSWER,
      chosenShardId: selectedShardId,
      aroundChosen: selectedShardId !== null && selectedShardId !== broughtId,
    },
    initial: props.initial,
  });
  const missing =
    page === null || page.chosenShardId !== selectedShardId
      ? null
      : whyNotListed(selectedShardId, page.chosenState, arrangement);

  return (
    <PageSection
      title="Shards"
      beside={
        <ShardTools
          view={view}
          counts={page?.counts ?? null}
          matched={page?.matched ?? 0}
          exportHref={(format) => exportHref({ streamId: pulse.streamId, format, arrangement, at })}
        />
      }
    >
      <p role="status" className={classes.missing}>
        {missing !== null && (
          <>
            <span>{missing}</span>
            <Button onClick={() => props.onSelect(null)}>Choose none</Button>
          </>
        )}
      </p>
      {page === null ? (
        <div className={classes.unreadTable}>
          {failure === null ? 'Reading the shards…' : `The shards could not be read: ${failure}`}
        </div>
      ) : page.matched === 0 ? (
        <NoneMatch view={view} />
      ) : (
        <ShardRows
          page={page}
          reading={reading}
          view={view}
          stale={stale || failure !== null}
          unknown={whyNoReading(page, zone)}
          selectedShardId={selectedShardId}
          onSelect={props.onSelect}
          onSplit={props.onSplit}
          onOffset={setOffset}
          broughtId={broughtId}
          onBrought={(shardId, from) => {
            setBroughtId(shardId);
            setOffset(from);
          }}
        />
      )}
      <SourceLine source={page?.period ?? null} stale={stale || failure !== null} />
    </PageSection>
  );
});

function NoneMatch({ view }: { readonly view: ReturnType<typeof useShardsView> }) {
  const { filter, search, abovePercent } = view.arrangement;
  const [title, words] =
    search !== '' || (filter === 'all' && abovePercent === null)
      ? NONE.search
      : abovePercent !== null
        ? NONE.above
        : NONE[filter];
  return (
    <div className={classes.none}>
      <Message title={title} action={<Button onClick={view.onReset}>Show all shards</Button>}>
        <p>{words}</p>
      </Message>
    </div>
  );
}

/** Title and sentence, by what left nothing over. `all` leaves nothing out by itself. */
const NONE = {
  all: ['No shard matches', 'Nothing is left out by this.'],
  search: [
    'No shard matches',
    'The search takes a shard’s number, a part of its id or of a parent’s, or the first hexadecimal digits of a bound of its range.',
  ],
  above: [
    'No shard uses that much',
    'Every shard used less of its tightest limit over the period below, as far as CloudWatch knows.',
  ],
  hot: [
    'No shard runs hot',
    'Every shard used less than 80 % of each of its limits over the period below, as far as CloudWatch knows.',
  ],
  throttled: [
    'No shard refuses records',
    'No shard refused a record over the period below, as far as CloudWatch knows.',
  ],
} as const;
