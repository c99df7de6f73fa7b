'use client';

import { Age } from '#components/primitives/age.tsx';
import { DataTable } from '#components/primitives/data-table.tsx';
import { HealthMark } from '#components/primitives/health-mark.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { applicationHref } from '#lib/consumers/application-href.ts';
import { KIND_WORDS } from '#lib/consumers/kind-words.ts';
import { freshness } from '#lib/domain/freshness.ts';
import { shortenShardIds } from '#lib/format/shard-id.ts';
import { useFigureNow } from '#lib/live/live-provider.tsx';
import type { WatchedApplicationView } from '#lib/reshard/watch-view.ts';
import {
  childWords,
  followWords,
  parentWords,
  VERDICT_LEVELS,
  VERDICT_WORDS,
} from '#lib/reshard/watch-words.ts';
import classes from './operations-page.module.css';

/** Each consumer of the stream: what it has read of the closed shards, and whether it reads the new ones. */
export function FollowTable(props: { readonly applications: readonly WatchedApplicationView[] }) {
  const { applications } = props;
  if (applications.length === 0) {
    return (
      <p>
        No consumer of this stream is known. One is found by its lease table in DynamoDB, as an
        event source mapping, or as a registered consumer.
      </p>
    );
  }
  return (
    <TableBox label="Consumers after the reshard">
      <DataTable className={classes.table} widthMin={640}>
        <thead>
          <tr>
            <th scope="col">Consumer</th>
            <th scope="col">Follows</th>
            <th scope="col">Closed shards</th>
            <th scope="col">New shards</th>
            <th scope="col">Age</th>
          </tr>
        </thead>
        <tbody>
          {applications.map((application) => (
            <FollowRow key={application.applicationId} application={application} />
          ))}
        </tbody>
      </DataTable>
    </TableBox>
  );
}

function FollowRow({ application }: { readonly application: WatchedApplicationView }) {
  const { kind, name, watch, collection } = application;
  const fresh = freshness(collection, useFigureNow());
  return (
    <tr data-level={VERDICT_LEVELS[watch.verdict]}>
      <th scope="row">
        <PageLink href={applicationHref(application)}>{name}</PageLink>
        <span className={classes.second}>{KIND_WORDS[kind]}</span>
      </th>
      <td className={classes.wrapped}>
        <HealthMark level={VERDICT_LEVELS[watch.verdict]} word={VERDICT_WORDS[watch.verdict]} />
        <span className={classes.second}>{shortenShardIds(followWords(application))}</span>
      </td>
      <td>{parentWords(watch)}</td>
      <td>{childWords(watch)}</td>
      <td>
        <Age
          sinceMs={collection.collectedAtMs}
          fresh={fresh}
          cause={
            fresh === 'fresh'
              ? null
              : (collection.failure?.message ?? 'it was not read within its cadence')
          }
        />
      </td>
    </tr>
  );
}
