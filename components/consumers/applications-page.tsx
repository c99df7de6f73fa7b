'use client';

import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Button } from '#components/primitives/button.tsx';
import { HEALTH_WORDS } from '#components/primitives/health-mark.tsx';
import { ListHead, ListTools } from '#components/primitives/list-head.tsx';
import { Message } from '#components/primitives/message.tsx';
import { SearchField } from '#components/primitives/search-field.tsx';
import type { ApplicationLine } from '#lib/consumers/application-view.ts';
import { arrangeApplications } from '#lib/consumers/arrange-applications.ts';
import { KIND_WORDS } from '#lib/consumers/kind-words.ts';
import { summariseApplications } from '#lib/consumers/summarise-applications.ts';
import { useNews, useNewsOfAll } from '#lib/consumers/use-news.ts';
import { CONSUMER_KINDS } from '#lib/domain/consumers/application.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { useFigureNow, useStreamRows } from '#lib/live/live-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ApplicationTable } from './application-table.tsx';
import classes from './applications-page.module.css';
import { useApplicationsView } from './applications-view.ts';
import { NoApplications } from './no-applications.tsx';

const HEALTH = ['critical', 'warning', 'unknown', 'ok'] as const;

/** All consumers of all streams: the worst first. */
export function ApplicationsPage({ initial }: { readonly initial: readonly ApplicationLine[] }) {
  const trpc = useTRPC();
  const { connections } = useStreamRows();
  const { arrangement, onSort, onFilter, onClear } = useApplicationsView();
  const nowMs = useFigureNow();
  const { data, error, refetch } = useQuery(
    trpc.consumers.applications.queryOptions(undefined, { initialData: initial }),
  );
  useNews(useNewsOfAll(), refetch);
  const lines = arrangeApplications(data, arrangement, nowMs);
  const { search, health, kind } = arrangement;
  const narrowed = search !== '' || health !== null || kind !== null;

  return (
    <>
      <ListHead
        title="Applications"
        count={
          <>
            {narrowed
              ? `${formatCount(lines.length)} of ${countOf(data.length, 'consumer')}`
              : countOf(data.length, 'consumer')}
            {error !== null && `; not read again: ${error.message}`}
          </>
        }
      />
      {data.length > 0 && <p className={classes.summary}>{summariseApplications(data, nowMs)}</p>}
      <ListTools>
        <SearchField
          label="Search consumers"
          placeholder="Name, kind, stream, status"
          value={search}
          onSearch={(text) => onFilter({ search: text })}
        />
        <NativeSelect
          className={classes.select ?? ''}
          aria-label="Health"
          value={health ?? ''}
          data={[
            { value: '', label: 'Any health' },
            ...HEALTH.map((value) => ({ value, label: HEALTH_WORDS[value] })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            onFilter({ health: HEALTH.find((level) => level === value) ?? null })
          }
        />
        <NativeSelect
          className={classes.select ?? ''}
          aria-label="Kind of consumer"
          value={kind ?? ''}
          data={[
            { value: '', label: 'Any kind' },
            ...CONSUMER_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            onFilter({ kind: CONSUMER_KINDS.find((each) => each === value) ?? null })
          }
        />
      </ListTools>
      {data.length === 0 ? (
        <NoApplications heading={2} />
      ) : lines.length === 0 ? (
        <Message
          title="No consumer is like this"
          action={<Button onClick={onClear}>Show all consumers</Button>}
        >
          <p>
            The search looks at name, kind, stream, connection and status, and each word must occur.
          </p>
        </Message>
      ) : (
        <ApplicationTable
          lines={lines}
          state={{ sort: arrangement.sort, direction: arrangement.direction, onSort }}
          withStream
          withConnection={connections.length > 1}
        />
      )}
    </>
  );
}
