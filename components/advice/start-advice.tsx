'use client';

import { Fragment, useState } from 'react';
import { PageLink } from '#components/primitives/page-link.tsx';
import { streamsInNeed } from '#lib/advice/start-advice.ts';
import { reshardHref } from '#lib/reshard/reshard-target.ts';
import type { JudgedRow } from '#lib/streams/row-order.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import classes from './start-advice.module.css';

const STREAMS_MAX = 2;
/** Of a stream; its page offers all. */
const PLANS_MAX = 2;

/** For the streams that need somebody most: which shard it is, why, what to do, and the plan that would do it. */
export function StartAdvice({ rows }: { readonly rows: readonly JudgedRow[] }) {
  const inNeed = streamsInNeed(rows, STREAMS_MAX);
  // Room that was taken once is kept: the table below does not jump when a burst is over, or the next begins.
  const [slots, setSlots] = useState(inNeed.length);
  if (inNeed.length > slots) setSlots(inNeed.length);
  if (slots === 0) return null;
  return (
    <ul className={classes.list} aria-label="What to do">
      {inNeed.map(({ row, words, reshards }) => (
        <li key={row.streamId} className={classes.item}>
          <p className={classes.why}>
            <PageLink href={streamHref(row.connection, row.streamName)}>{row.streamName}</PageLink>:{' '}
            <strong>{words.title}.</strong> {words.sentence}
          </p>
          <p className={classes.todo}>
            <strong>What to do:</strong>{' '}
            {reshards.slice(0, PLANS_MAX).map(({ label, target }) => (
              <Fragment key={label}>
                <span className={classes.plan}>
                  <PageLink href={reshardHref(row.connection, row.streamName, target)}>
                    {label}
                  </PageLink>
                  .
                </span>{' '}
              </Fragment>
            ))}
            {words.todo}
          </p>
        </li>
      ))}
      {Array.from({ length: slots - inNeed.length }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty places are alike; their number is their identity
        <li key={`free-${i}`} className={classes.item}>
          <p className={classes.why}>Nothing more needs doing at the moment.</p>
          <p className={classes.todo} aria-hidden="true" />
        </li>
      ))}
    </ul>
  );
}
