'use client';

import { Unknown } from '#components/primitives/unknown.tsx';
import { lagMeaning, lagSource, lagSpan, UNKNOWN_LAG_WORDS } from '#lib/consumers/lag-words.ts';
import type { Lag } from '#lib/domain/consumers/lag.ts';
import { usePause, useServerNow } from '#lib/live/live-provider.tsx';
import classes from './lag-figure.module.css';

/** A lag as an interval, and under it how it is known and of when it is; the age counts on by itself. */
export function LagFigure(props: { readonly lag: Lag; readonly inLine?: boolean }) {
  const { lag } = props;
  const tickMs = useServerNow();
  const nowMs = usePause().pausedAtMs ?? tickMs;
  if (lag.kind === 'unknown') {
    return (
      <span className={classes.lag} data-in-line={props.inLine || undefined}>
        <Unknown reason={UNKNOWN_LAG_WORDS[lag.reason]} />
        <span className={classes.source}>{UNKNOWN_LAG_WORDS[lag.reason]}</span>
      </span>
    );
  }
  const caughtUp = lag.kind === 'done' || lag.atMostMs <= 0;
  return (
    <span className={classes.lag} data-in-line={props.inLine || undefined} title={lagMeaning(lag)}>
      <span className={classes.span} data-quiet={caughtUp || undefined}>
        {caughtUp ? (lag.kind === 'done' ? 'worked off' : 'caught up') : `${lagSpan(lag)} behind`}
      </span>
      <span className={classes.source}>{lagSource(lag, nowMs)}</span>
    </span>
  );
}
