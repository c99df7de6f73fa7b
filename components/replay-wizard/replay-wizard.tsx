'use client';

import { EntityHeader } from '#components/primitives/entity-header.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { formatAge } from '#lib/format/age.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { RUN_STATE_WORDS } from '#lib/replay/run-status.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { DraftWizard } from './draft-wizard.tsx';
import classes from './replay-wizard.module.css';
import { SettingFacts } from './setting-facts.tsx';

/** Decides a replay, step by step, until it is started. Who may not see keys sees what is decided so far. */
export function ReplayWizard(props: {
  readonly run: ReplayView;
  /** Why it was not read again; null: it was. */
  readonly failure: string | null;
}) {
  const { run, failure } = props;
  const { draft } = run;
  const nowMs = useServerNow();
  return (
    <>
      <EntityHeader
        crumbs={[{ text: 'Replays', href: '/replays' }]}
        name={`Replay ${run.id}`}
        beside={<Quiet as="span">{RUN_STATE_WORDS[run.state]}</Quiet>}
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
          <Quiet>Began with the settings of replay {run.copiedFrom}</Quiet>
        )}
      </EntityHeader>
      {failure !== null && (
        <div className={classes.notice} role="alert">
          <p className={classes.noticeTitle}>This replay could not be read again</p>
          <p>
            {failure} What stands below was read {formatAge(nowMs - run.readAtMs)} ago, with your
            changes since.
          </p>
        </div>
      )}
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
