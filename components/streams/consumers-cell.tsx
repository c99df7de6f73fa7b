import { PageLink } from '#components/primitives/page-link.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { applicationHref } from '#lib/consumers/application-href.ts';
import { lagWords } from '#lib/consumers/lag-words.ts';
import { formatCount } from '#lib/format/count.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import classes from './stream-table.module.css';

/** How many consumers of every kind read the stream, and the one that is worst off. */
export function ConsumersCell({ row }: { readonly row: StreamRow }) {
  const { consumers, connection, streamName } = row;
  if (consumers === null) return <Unknown reason="no consumer has been found so far" />;
  const { count, worst } = consumers;
  return (
    <>
      {formatCount(count)}
      {worst !== null && (
        <PageLink
          className={classes.second}
          href={applicationHref({ connection, streamName, kind: worst.kind, name: worst.name })}
          title={`${worst.name}: ${lagWords(worst.lag)}`}
        >
          {worst.name}, {lagWords(worst.lag)}
        </PageLink>
      )}
    </>
  );
}
