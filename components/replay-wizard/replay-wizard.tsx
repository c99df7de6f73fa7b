'use client';

import { EntityHeader } from '#components/primitives/entity-header.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { RUN_STATE_WORDS } from '#lib/replay/run-status.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { DraftWizard } from './draft-wizard.tsx';
import classes from './replay-wizard.module.css';
import { SettingFacts } from './setting-facts.tsx';

/** Decides a replay, step by step, until it is started. Who may not see keys sees what is decided so far. */
export function ReplayWizard({ run }: { readonly run: ReplayView }) {
  const { draft } = run;
  return (
    <>
      <EntityHeader
        crumbs={[{ text: 'Replays', href: '/replays' }]}
        name={`Replay ${run.id}`}
        beside={<span className={classes.quiet}>{RUN_STATE_WORDS[run.state]}</span>}
        reading={null}
      >
        {run.target !== null && (
          <p>
            Into{' '}
            <PageLink href={streamHref(run.target.connection, run.target.streamName)}>
              {run.target.streamName}
            </PageLink>
            {run.isTargetSource && ', the stream that the archive was made of'}
          </p>
        )}
        {run.copiedFrom !== null && (
          <p className={classes.quiet}>Began with the settings of replay {run.copiedFrom}</p>
        )}
      </EntityHeader>
      {draft === null ? (
        <>
          <p>Operators decide what is replayed. This is what is decided so far.</p>
          <SettingFacts facts={run.facts} />
        </>
      ) : (
        <DraftWizard key={run.id} run={run} first={draft} />
      )}
    </>
  );
}
