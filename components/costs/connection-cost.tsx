'use client';

import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import {
  budgetWords,
  cadenceWords,
  costOfMetrics,
  formatCost,
  isStretched,
  metricsPerDay,
  shardMetricsDollarsPerMonth,
} from '#lib/costs/cost-words.ts';
import type { ConnectionCosts, StreamCosts } from '#lib/costs/costs-view.ts';
import { dollarsOfMetrics } from '#lib/domain/cost/metric-price.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatDay } from '#lib/format/time.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import classes from './costs-page.module.css';
import { ScrollBox } from './scroll-box.tsx';

/** Rows that are drawn before somebody asks for all. */
const ROWS_FIRST = 25;

/** What watching one connection costs, in all and by stream. */
export function ConnectionCost(props: {
  readonly costs: ConnectionCosts;
  /** When they were read, on the database's clock. */
  readonly readAtMs: number;
}) {
  const { costs, readAtMs } = props;
  const [all, setAll] = useState(false);
  const dearest = costs.streams.toSorted(
    (a, b) => (metricsPerDay(b) ?? 0) - (metricsPerDay(a) ?? 0),
  );
  const shown = all ? dearest : dearest.slice(0, ROWS_FIRST);
  const stretched = costs.streams.filter(isStretched).length;
  const { budgetDollarsPerDay: budget } = costs;
  return (
    <div className={classes.block}>
      <h3 className={classes.blockTitle}>Watching costs</h3>
      <p className={classes.lead}>{budgetWords(costs, readAtMs)}</p>
      {budget !== null && costs.charged && (
        <meter
          className={classes.meter}
          min={0}
          max={budget}
          value={Math.min(budget, dollarsOfMetrics(costs.metricsToday))}
          aria-label="Spent of the day's budget"
        />
      )}
      <p className={classes.quiet}>
        CloudWatch charges $0.01 for each 1,000 metrics requested, however many datapoints; each
        statistic is counted as one. Kinesis’s own calls are free.{' '}
        {stretched > 0 && budget !== null
          ? `${countOf(stretched, 'stream')} ${stretched === 1 ? 'is' : 'are'} read more rarely than wanted to keep ${formatCost(budget)} a day: those that nobody looks at first. budgetDollarsPerDay in kinetoscope.config.yaml allows more.`
          : 'No stream is read more rarely than its cadence says.'}
      </p>
      <Days costs={costs} />
      <ScrollBox>
        <table className={classes.table}>
          <caption className={classes.caption}>By stream, the dearest first</caption>
          <thead>
            <tr>
              <th scope="col">Stream</th>
              <th scope="col">Read</th>
              <th scope="col" data-wide>
                Wanted
              </th>
              <th scope="col" data-number data-wide>
                Metrics a reading
              </th>
              <th scope="col" data-number>
                Cost a day
              </th>
              <th scope="col" data-number data-wide>
                Today (UTC)
              </th>
              <th
                scope="col"
                data-number
                title="Charged to the account while they are on, whoever reads them"
              >
                Shard-level metrics a month
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((stream) => (
              <StreamLine key={stream.streamId} stream={stream} connection={costs.connection} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {dearest.length > shown.length && (
        <Button onClick={() => setAll(true)}>Show all {formatCount(dearest.length)} streams</Button>
      )}
    </div>
  );
}

function StreamLine(props: { readonly stream: StreamCosts; readonly connection: string }) {
  const { stream, connection } = props;
  const perDay = metricsPerDay(stream);
  const { wantedCadenceSeconds, metricsPerReading } = stream;
  const notPlanned = 'the collector has not planned it yet';
  return (
    <tr>
      <th scope="row">
        <PageLink href={streamHref(connection, stream.streamName)}>{stream.streamName}</PageLink>
      </th>
      <td data-stretched={isStretched(stream) || undefined}>
        {cadenceWords(stream.cadenceSeconds)}
      </td>
      <td data-wide>
        {wantedCadenceSeconds === null ? (
          <Unknown reason={notPlanned} />
        ) : (
          cadenceWords(wantedCadenceSeconds)
        )}
      </td>
      <td data-number data-wide>
        {metricsPerReading === null ? (
          <Unknown reason={notPlanned} />
        ) : (
          formatCount(metricsPerReading)
        )}
      </td>
      <td data-number>
        {perDay === null ? <Unknown reason={notPlanned} /> : costOfMetrics(perDay)}
      </td>
      <td data-number data-wide>
        {costOfMetrics(stream.metricsToday)}
      </td>
      <td data-number>
        {stream.shardMetrics.length === 0 ? 'off' : formatCost(shardMetricsDollarsPerMonth(stream))}
      </td>
    </tr>
  );
}

/** What was spent on the last UTC days. */
function Days({ costs }: { readonly costs: ConnectionCosts }) {
  if (costs.days.length < 2) return null;
  return (
    <dl className={classes.days} aria-label="Cost of the last days (UTC)">
      {costs.days.map(({ dayStartMs, metrics }) => (
        <div key={dayStartMs}>
          <dt>{dayStartMs === costs.dayStartMs ? 'today' : formatDay(dayStartMs)}</dt>
          <dd>{costOfMetrics(metrics)}</dd>
        </div>
      ))}
    </dl>
  );
}
