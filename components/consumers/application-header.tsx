'use client';

import { Age } from '#components/primitives/age.tsx';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { EntityHeader } from '#components/primitives/entity-header.tsx';
import { FactList } from '#components/primitives/fact-list.tsx';
import { HealthLine } from '#components/primitives/health-line.tsx';
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
    <EntityHeader
      crumbs={[
        { text: 'Streams', href: '/' },
        { text: connection, href: null },
        { text: streamName, href },
        { text: 'Consumers', href: `${href}?tab=consumers` },
      ]}
      name={name}
      beside={
        <>
          <CopyText whole={name} what="the name" />
          <span className={classes.kind}>{KIND_WORDS[kind]}</span>
          <DeregisterButton application={application} />
        </>
      }
      reading={
        <p className={classes.reading}>
          Known from {KIND_SOURCES[kind]}, read{' '}
          <Age
            sinceMs={application.collection.collectedAtMs}
            fresh={fresh}
            cause={fresh === 'fresh' ? null : said.sentence}
          />{' '}
          ago{failure !== null && ` – this page is not told anew: ${failure}`}
        </p>
      }
    >
      <HealthLine level={said.level} word={said.word}>
        {shortenShardIds(said.sentence)}
        {said.todo !== null && ` ${said.todo}`}
      </HealthLine>
      {summary !== null && fresh === 'fresh' && summary.symptoms.length > 1 && (
        <SymptomList symptoms={summary.symptoms.slice(1)} />
      )}
      <FactList
        facts={[
          ...(summary === null
            ? []
            : [{ name: 'Worst lag', value: <LagFigure lag={summary.lag} inLine /> }]),
          ...applicationFacts(application).map(({ level, ...fact }) => ({
            ...fact,
            critical: level === 'critical',
          })),
          ...application.source.map((fact) => ({ ...fact, key: `${fact.name} ${fact.value}` })),
        ]}
        narrowColumns={1}
      />
    </EntityHeader>
  );
}
