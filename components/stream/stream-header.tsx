'use client';

import { memo } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { EntityHeader } from '#components/primitives/entity-header.tsx';
import { FactList } from '#components/primitives/fact-list.tsx';
import { HealthLine } from '#components/primitives/health-line.tsx';
import { HEALTH_WORDS } from '#components/primitives/health-mark.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { NewReplayButton } from '#components/replays/new-replay-button.tsx';
import { ReshardTextLink } from '#components/reshard/reshard-text-link.tsx';
import { useReadOnlyReason } from '#components/stream-settings/use-settings-lock.ts';
import { rowAdvice, rowReshards } from '#lib/advice/row-advice.ts';
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

type StreamHeaderProps = { row: StreamRow; fresh: Freshness; gone: boolean };

/** Which stream, how it is and what to do, of when that is, and its facts. */
export const StreamHeader = memo(function StreamHeader({ row, fresh, gone }: StreamHeaderProps) {
  const zone = useZone();
  const readOnlyReason = useReadOnlyReason(row);
  const health = healthNow(row, fresh, zone);
  const advice = rowAdvice(row, health);
  const [plan] = rowReshards(row, health);
  const href = decidingConsumerHref(row, health);
  return (
    <EntityHeader
      crumbs={[
        { text: 'Streams', href: '/' },
        { text: row.connection, href: null },
      ]}
      name={row.streamName}
      beside={
        <>
          <CopyText short="ARN" whole={row.streamArn} what="the stream's ARN" />
          <NewReplayButton
            origin={{ from: 'stream', connection: row.connection, streamName: row.streamName }}
          >
            Replay its archive
          </NewReplayButton>
          <NewReplayButton
            origin={{ from: 'target', connection: row.connection, streamName: row.streamName }}
            blocked={gone ? 'The stream is gone.' : readOnlyReason}
          >
            Replay into it
          </NewReplayButton>
        </>
      }
      reading={
        <>
          <SourceLine row={row} fresh={fresh} />
          <ReadNow connection={row.connection} disabled={gone} />
        </>
      }
    >
      {!gone && (
        <HealthLine level={health.level} word={HEALTH_WORDS[health.level]}>
          {href === null ? (
            <span title={health.reason}>{shortenShardIds(health.reason)}</span>
          ) : (
            <PageLink href={href}>{health.reason}</PageLink>
          )}
          {advice !== null && ` ${advice}`}
          {plan !== undefined && (
            <>
              {' '}
              <ReshardTextLink row={row} target={plan.target}>
                {plan.label}
              </ReshardTextLink>
            </>
          )}
        </HealthLine>
      )}
      {!gone && <BindingLine row={row} />}
      <FactList facts={streamFacts(row, zone)} narrowColumns={2} />
    </EntityHeader>
  );
});
