'use client';

import { VisuallyHidden } from '@mantine/core';
import { Age } from '#components/primitives/age.tsx';
import { DataTable } from '#components/primitives/data-table.tsx';
import { HealthMark } from '#components/primitives/health-mark.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { SortHeader, type SortState } from '#components/primitives/sort-header.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { applicationHref } from '#lib/consumers/application-href.ts';
import type { ApplicationLine } from '#lib/consumers/application-view.ts';
import { applicationWords } from '#lib/consumers/application-words.ts';
import type { ApplicationSort } from '#lib/consumers/arrange-applications.ts';
import { KIND_SOURCES, KIND_WORDS } from '#lib/consumers/kind-words.ts';
import { keepsLeases } from '#lib/domain/consumers/application.ts';
import { freshness } from '#lib/domain/freshness.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { shortenShardIds } from '#lib/format/shard-id.ts';
import { useFigureNow } from '#lib/live/live-provider.tsx';
import { streamHref } from '#lib/streams/stream-href.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './application-table.module.css';
import { LagFigure } from './lag-figure.tsx';
import { LagSpark } from './lag-spark.tsx';

type ApplicationTableProps = {
  /** In their order. */
  readonly lines: readonly ApplicationLine[];
  readonly state: SortState<ApplicationSort>;
  /** Lines are of many streams. */
  readonly withStream: boolean;
  readonly withConnection: boolean;
};

/** Consumers with what is wrong and what to do, how far behind they are, and who works for them. */
export function ApplicationTable(props: ApplicationTableProps) {
  const { lines, state, withStream } = props;
  return (
    <DataTable className={classes.table} fixed>
      <caption>
        <VisuallyHidden>
          Consumers with status, lag of the worst shard, backlog, workers and leases
        </VisuallyHidden>
      </caption>
      <thead>
        <tr>
          <SortHeader
            column="status"
            state={state}
            title="How it is; the worst first"
            className={classes.status}
          >
            Status
          </SortHeader>
          <SortHeader
            column="name"
            state={state}
            title="Name of the application"
            className={classes.name}
          >
            Consumer
          </SortHeader>
          {withStream && (
            <SortHeader
              column="stream"
              state={state}
              title="The stream that it reads"
              className={classes.stream}
            >
              Stream
            </SortHeader>
          )}
          <SortHeader
            column="lag"
            state={state}
            numeric
            title="How far its worst shard is behind the tip, as an interval"
            className={classes.lag}
          >
            Worst lag
          </SortHeader>
          <th scope="col" className={classes.trend} title="Upper bound of the worst lag">
            Last 30 min
          </th>
          <SortHeader
            column="backlog"
            state={state}
            numeric
            title="Unread at least: what arrived in whole periods after its checkpoints"
            className={classes.backlog}
          >
            Backlog
          </SortHeader>
          <SortHeader
            column="leases"
            state={state}
            numeric
            title="Leases, and the workers that own them"
            className={classes.leases}
          >
            Leases
          </SortHeader>
          <th scope="col" className={classes.age} title="When it was last read">
            Age
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <ApplicationRow key={line.applicationId} line={line} {...props} />
        ))}
      </tbody>
    </DataTable>
  );
}

function ApplicationRow(props: { readonly line: ApplicationLine } & ApplicationTableProps) {
  const { line, withStream, withConnection } = props;
  const { summary } = line;
  const fresh = freshness(line.collection, useFigureNow());
  const zone = useZone();
  const said = applicationWords(line, fresh, zone);
  return (
    <tr className={classes.row} data-level={said.level} data-stale={fresh !== 'fresh' || undefined}>
      <td className={classes.status}>
        <HealthMark level={said.level} word={said.word} />
        {(said.level !== 'ok' || said.word === 'Behind') && (
          <span className={classes.sentence}>
            {shortenShardIds(said.sentence)}
            {said.todo !== null && <span className={classes.todo}> {said.todo}</span>}
          </span>
        )}
      </td>
      <th scope="row" className={classes.name}>
        <PageLink className={classes.link ?? ''} href={applicationHref(line)}>
          {line.name}
        </PageLink>
        <span className={classes.second} title={`Known from ${KIND_SOURCES[line.kind]}`}>
          {KIND_WORDS[line.kind]}
          {line.usedBy !== null && `, used by ${line.usedBy.name}`}
        </span>
      </th>
      {withStream && (
        <td className={classes.stream}>
          <PageLink href={`${streamHref(line.connection, line.streamName)}?tab=consumers`}>
            {line.streamName}
          </PageLink>
          {withConnection && <span className={classes.second}>{line.connection}</span>}
        </td>
      )}
      <td className={classes.lag} data-label="worst lag">
        {summary === null ? (
          <Unknown reason="it has not been read yet" />
        ) : (
          <LagFigure lag={summary.lag} />
        )}
      </td>
      <td className={classes.trend}>
        <LagSpark spark={line.spark} trend={summary?.trend ?? 'unknown'} />
      </td>
      <td className={classes.backlog} data-label="backlog">
        <Backlog line={line} />
      </td>
      <td className={classes.leases} data-label="leases">
        <Leases line={line} />
      </td>
      <td className={classes.age} data-label="read">
        <Age
          sinceMs={line.collection.collectedAtMs}
          fresh={fresh}
          cause={fresh === 'fresh' ? null : said.sentence}
        />
      </td>
    </tr>
  );
}

function Backlog({ line }: { readonly line: ApplicationLine }) {
  const { summary } = line;
  if (summary?.backlogRecords == null) {
    return (
      <Unknown
        reason={
          keepsLeases(line.kind)
            ? 'not known by shard: shard-level metrics are off, or not read since its checkpoints'
            : 'AWS tells no place of it'
        }
      />
    );
  }
  return (
    <>
      {summary.backlogRecords === 0 ? '' : '≥ '}
      {countOf(summary.backlogRecords, 'record')}
      {summary.backlogBytes !== null && summary.backlogBytes > 0 && (
        <span className={classes.second}>≥ {formatBytes(summary.backlogBytes)}</span>
      )}
    </>
  );
}

function Leases({ line }: { readonly line: ApplicationLine }) {
  const { summary } = line;
  if (summary === null) return <Unknown reason="it has not been read yet" />;
  if (!keepsLeases(line.kind)) {
    const reads = line.throughput;
    return reads?.recordsPerSecond == null ? (
      <span className={classes.quiet}>keeps none</span>
    ) : (
      <>
        <span className={classes.quiet}>reads</span>{' '}
        {formatRecordsPerSecond(reads.recordsPerSecond)}
        {reads.bytesPerSecond !== null && (
          <span className={classes.second}>{formatBytesPerSecond(reads.bytesPerSecond)}</span>
        )}
      </>
    );
  }
  const { leaseCount, workerCount, freshWorkerCount } = summary;
  const dead = workerCount - freshWorkerCount;
  return (
    <>
      {formatCount(leaseCount)}
      <span className={classes.second}>
        {countOf(freshWorkerCount, 'worker')}
        {dead > 0 && `, ${formatCount(dead)} silent`}
      </span>
    </>
  );
}
