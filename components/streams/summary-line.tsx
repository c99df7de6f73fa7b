import { Fragment } from 'react';
import { HealthIcon } from '#components/primitives/health-mark.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { countOf } from '#lib/format/count.ts';
import type { JudgedRow } from '#lib/streams/row-order.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { summarise } from '#lib/streams/summarise.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './summary-line.module.css';

/** How many streams the line names; its height is one line, whatever happens. */
const NAMED_MAX = 2;

/** What is wrong, over all streams, and the way to it. */
export function SummaryLine(props: {
  readonly rows: readonly JudgedRow[];
  /** Streams that are listed and cannot be described. */
  readonly unreadable: number;
}) {
  const zone = useZone();
  const summary = summarise(props.rows, NAMED_MAX, props.unreadable, zone);
  if (summary === null) return null;
  return (
    <section className={classes.line} data-level={summary.level} aria-label="Summary">
      <HealthIcon level={summary.level} />
      <p className={classes.text}>
        <strong className={classes.lead}>{summary.lead}</strong>
        {summary.worst.map(({ row, reason }, i) => (
          <Fragment key={row.streamId}>
            {i === 0 ? ': ' : summary.worst[i - 1]?.reason === null ? ', ' : '; '}
            <PageLink href={streamHref(row.connection, row.streamName)}>{row.streamName}</PageLink>
            {reason !== null && ` – ${lowerFirst(reason)}`}
          </Fragment>
        ))}
        {summary.more > 0 && `; and ${countOf(summary.more, 'more', 'more')}`}.
      </p>
      {summary.others.length > 0 && <p className={classes.others}>{summary.others.join(' · ')}</p>}
    </section>
  );
}

/** A sentence goes on after a dash; what begins with a figure or a name stays as it is. */
function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}
