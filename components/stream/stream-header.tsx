'use client';

import { memo } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { HEALTH_WORDS, HealthIcon } from '#components/primitives/health-mark.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { rowAdvice } from '#lib/advice/row-advice.ts';
import { decidingConsumerHref } from '#lib/consumers/deciding-consumer.ts';
import type { Freshness } from '#lib/domain/freshness.ts';
import { shortenShardIds } from '#lib/format/shard-id.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { streamFacts } from '#lib/stream-page/stream-facts.ts';
import { healthNow } from '#lib/streams/judge-row.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { BindingLine } from './binding-line.tsx';
import { ReadNow } from './read-now.tsx';
import { SourceLine } from './source-line.tsx';
import classes from './stream-header.module.css';

type StreamHeaderProps = { row: StreamRow; fresh: Freshness; gone: boolean };

/** Which stream, how it is and what to do, of when that is, and its facts. */
export const StreamHeader = memo(function StreamHeader({ row, fresh, gone }: StreamHeaderProps) {
  const zone = useZone();
  const health = healthNow(row, fresh, zone);
  const advice = rowAdvice(row, health);
  const href = decidingConsumerHref(row, health);
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <PageLink href="/">Streams</PageLink>
        <span aria-hidden> / </span>
        {row.connection}
      </nav>
      <div className={classes.title}>
        <h1 className={classes.name}>{row.streamName}</h1>
        <CopyText short="ARN" whole={row.streamArn} what="the stream's ARN" />
      </div>
      <div className={classes.reading}>
        <SourceLine row={row} fresh={fresh} />
        <ReadNow connection={row.connection} disabled={gone} />
      </div>
      {!gone && (
        <p className={classes.health} data-level={health.level}>
          <HealthIcon level={health.level} />
          <span>
            <strong>{HEALTH_WORDS[health.level]}.</strong>{' '}
            {href === null ? (
              <span title={health.reason}>{shortenShardIds(health.reason)}</span>
            ) : (
              <PageLink href={href}>{health.reason}</PageLink>
            )}
            {advice !== null && <span className={classes.advice}> {advice}</span>}
          </span>
        </p>
      )}
      {!gone && <BindingLine row={row} />}
      <dl className={classes.facts}>
        {streamFacts(row, zone).map((fact) => (
          <div key={fact.name} title={fact.detail}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
});
