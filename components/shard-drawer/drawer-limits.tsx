'use client';

import { VisuallyHidden } from '@mantine/core';
import { SourceLine } from '#components/primitives/source-line.tsx';
import { UseBar } from '#components/primitives/use-bar.tsx';
import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import type { ShardReading } from '#lib/domain/shard-readings.ts';
import { formatLag } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { isKnown, UNKNOWN } from '#lib/format/quantity.ts';
import type { FigurePeriod } from '#lib/live/figure-period.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { useBindingLimit } from '#lib/live/use-binding-limit.ts';
import { bindingWords } from '#lib/stream-page/binding-words.ts';
import { limitLines } from '#lib/strip/limit-lines.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './shard-drawer.module.css';

/** Ages of runs are told in minutes. */
const EVERY_MS = 5_000;

type DrawerLimitsProps = {
  streamId: number;
  shardId: string;
  reading: ShardReading;
  period: FigurePeriod;
  /** The figures are of now: only then is asked since when a limit binds. */
  isNow: boolean;
  stale: boolean;
};

/** What the shard uses of each of its limits in the period shown, and which of them binds since when. */
export function DrawerLimits(props: DrawerLimitsProps) {
  const { streamId, shardId, reading, period, isNow, stale } = props;
  const zone = useZone();
  const nowMs = useServerNow(EVERY_MS);
  const { figures, tightest } = reading;
  const isHot = tightest.use >= HEALTH_THRESHOLDS.hotShardUse;
  const binding = useBindingLimit(streamId, shardId, isNow && isHot);
  const refused = figures.writeThrottledRecords > 0;
  return (
    <div className={classes.limitsBox} data-stale={stale || undefined}>
      <table className={classes.limits}>
        <caption>
          <VisuallyHidden>Use of the shard’s limits</VisuallyHidden>
        </caption>
        <thead className={classes.hidden}>
          <tr>
            <th scope="col">Limit</th>
            <th scope="col">Rate</th>
            <th scope="col">At most</th>
            <th scope="col">Use</th>
          </tr>
        </thead>
        <tbody>
          {limitLines(reading).map((line) => (
            <tr key={line.limit} data-binds={line.binds || undefined}>
              <th scope="row">{line.name}</th>
              <td>
                {refused && line.limit !== 'readBytes' && '≥ '}
                {line.rate}
              </td>
              <td className={classes.quiet}>of {line.max}</td>
              <td>
                <span className={classes.use}>
                  <UseBar use={line.use} />
                  {line.percent}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.marks}>
        <span data-danger={refused || undefined}>
          {known(figures.writeThrottledRecords, 'record')} refused
        </span>
        <span data-danger={figures.readThrottledCalls > 0 || undefined}>
          {known(figures.readThrottledCalls, 'read')} refused
        </span>
        <span>
          iterator age {isKnown(figures.iteratorAgeMs) ? formatLag(figures.iteratorAgeMs) : UNKNOWN}
        </span>
      </p>
      {refused && (
        <p className={classes.quiet}>
          Incoming metrics count accepted records only: the demand is at least this (≥).
        </p>
      )}
      {binding !== null && <p>{bindingWords({ binding, shardId, refused, nowMs, zone })}.</p>}
      <SourceLine source={period} stale={stale} />
    </div>
  );
}

function known(count: number, noun: string): string {
  return isKnown(count) ? countOf(count, noun) : `${formatCount(count)} ${noun}s`;
}
