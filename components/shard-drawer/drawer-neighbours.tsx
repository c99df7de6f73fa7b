'use client';

import { ShardButton } from '#components/primitives/shard-button.tsx';
import type { ShardReading } from '#lib/domain/shard-readings.ts';
import { formatUse } from '#lib/format/percent.ts';
import type { PeriodAt } from '#lib/live/figure-period.ts';
import type { Pulse } from '#lib/live/pulse.ts';
import { useShard } from '#lib/live/use-shard.ts';
import { mergeWords } from '#lib/shard-drawer/merge-words.ts';
import { readShardLine } from '#lib/shards/read-shard-line.ts';
import { LIMIT_NAMES } from '#lib/strip/limit-lines.ts';
import classes from './shard-drawer.module.css';

type DrawerNeighboursProps = {
  pulse: Pulse;
  at: PeriodAt | null;
  place: number;
  openCount: number;
  reading: ShardReading | null;
  onSelect: (shardId: string) => void;
};

/** The shards at both sides on the ring, with their use and what a merge would mean. */
export function DrawerNeighbours(props: DrawerNeighboursProps) {
  const { place, openCount, ...rest } = props;
  return (
    <dl className={classes.facts}>
      <dt>Left</dt>
      <dd>
        {place === 0 ? 'none: the ring begins here' : <Neighbour {...rest} place={place - 1} />}
      </dd>
      <dt>Right</dt>
      <dd>
        {place + 1 >= openCount ? (
          'none: the ring ends here'
        ) : (
          <Neighbour {...rest} place={place + 1} />
        )}
      </dd>
    </dl>
  );
}

function Neighbour(props: Omit<DrawerNeighboursProps, 'openCount'>) {
  const { pulse, at, place, reading, onSelect } = props;
  const { detail, failure } = useShard(pulse, at, { by: 'place', place });
  if (detail === null) return failure === null ? 'reading…' : `could not be read: ${failure}`;
  const { shardId } = detail.line.shard;
  const other = readShardLine(detail.line, detail.period).reading;
  const { limit, use } = other?.tightest ?? { limit: null, use: Number.NaN };
  return (
    <>
      <ShardButton shardId={shardId} onSelect={onSelect} />{' '}
      {limit === null ? 'use unknown' : `uses ${formatUse(use)} of ${LIMIT_NAMES[limit]}`}
      <p className={classes.quiet}>{mergeWords(reading?.use ?? null, other?.use ?? null)}</p>
    </>
  );
}
