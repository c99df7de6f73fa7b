'use client';

import { Age } from '#components/primitives/age.tsx';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { HealthIcon } from '#components/primitives/health-mark.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import type { ApplicationDetail } from '#lib/consumers/application-detail.ts';
import { applicationFacts } from '#lib/consumers/application-facts.ts';
import { applicationWords } from '#lib/consumers/application-words.ts';
import { KIND_SOURCES, KIND_WORDS } from '#lib/consumers/kind-words.ts';
import type { Freshness } from '#lib/domain/freshness.ts';
import { shortenShardIds } from '#lib/format/shard-id.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './application-header.module.css';
import { DeregisterButton } from './deregister-button.tsx';
import { LagFigure } from './lag-figure.tsx';
import { SymptomList } from './symptom-list.tsx';

/** Which consumer, how it is, since when and what to do, and its figures. */
export function ApplicationHeader(props: {
  readonly application: ApplicationDetail;
  readonly fresh: Freshness;
  readonly failure: string | null;
}) {
  const { application, fresh, failure } = props;
  const zone = useZone();
  const { connection, streamName, name, kind, summary } = application;
  const said = applicationWords(application, fresh, zone);
  const href = streamHref(connection, streamName);
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <PageLink href="/">Streams</PageLink>
        <span aria-hidden> / </span>
        {connection}
        <span aria-hidden> / </span>
        <PageLink href={href}>{streamName}</PageLink>
        <span aria-hidden> / </span>
        <PageLink href={`${href}?tab=consumers`}>Consumers</PageLink>
      </nav>
      <div className={classes.title}>
        <h1 className={classes.name}>{name}</h1>
        <CopyText whole={name} what="the name" />
        <span className={classes.kind}>{KIND_WORDS[kind]}</span>
        <DeregisterButton application={application} />
      </div>
      <p className={classes.reading}>
        Known from {KIND_SOURCES[kind]}, read{' '}
        <Age
          sinceMs={application.collection.collectedAtMs}
          fresh={fresh}
          cause={fresh === 'fresh' ? null : said.sentence}
        />{' '}
        ago{failure !== null && ` – this page is not told anew: ${failure}`}
      </p>
      <div className={classes.health} data-level={said.level}>
        <HealthIcon level={said.level} />
        <p>
          <strong>{said.word}.</strong> {shortenShardIds(said.sentence)}
          {said.todo !== null && ` ${said.todo}`}
        </p>
      </div>
      {summary !== null && fresh === 'fresh' && summary.symptoms.length > 1 && (
        <SymptomList symptoms={summary.symptoms.slice(1)} />
      )}
      <dl className={classes.facts}>
        {summary !== null && (
          <div className={classes.lag}>
            <dt>Worst lag</dt>
            <dd>
              <LagFigure lag={summary.lag} inLine />
            </dd>
          </div>
        )}
        {applicationFacts(application).map((fact) => (
          <div key={fact.name} title={fact.detail}>
            <dt>{fact.name}</dt>
            <dd data-level={fact.level}>{fact.value}</dd>
          </div>
        ))}
        {application.source.map((fact) => (
          <div key={`${fact.name} ${fact.value}`}>
            <dt>{fact.name}</dt>
            <dd className={classes.wide}>{fact.value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
