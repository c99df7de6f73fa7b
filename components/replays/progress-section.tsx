'use client';

import { PageSection } from '#components/primitives/page-section.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { etaWords, progressLines } from '#lib/replay/run-progress.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './replays.module.css';
import { ShareBar } from './share-bar.tsx';

/** How far it is: by stored bytes, by records, by the time of the archive; and when it will be done. */
export function ProgressSection({ run }: { readonly run: ReplayView }) {
  const zone = useZone();
  const nowMs = useServerNow();
  const { progress, state } = run;
  const eta = progress === null ? null : etaWords(progress, nowMs, zone);
  return (
    <PageSection
      title="Progress"
      beside={
        progress !== null &&
        state === 'running' && (
          <Quiet>
            {eta ?? 'How long it will take is not known yet: it has not sent for long enough.'}
          </Quiet>
        )
      }
    >
      {progress === null ? (
        <Quiet>It has not begun: no object was read.</Quiet>
      ) : (
        <>
          <dl className={classes.progress}>
            {progressLines(progress, zone).map(({ key, name, share, words }) => (
              <div key={key}>
                <dt>{name}</dt>
                <dd>
                  <ShareBar share={share} />
                  <span className={classes.percent}>{share === null ? '' : formatUse(share)}</span>
                  <span>{words}</span>
                </dd>
              </div>
            ))}
          </dl>
          <Quiet>
            {formatCount(progress.slicesDone)} of {countOf(progress.slices, 'slice')} done,{' '}
            {countOf(progress.workers, 'worker')} at work,{' '}
            {countOf(progress.openRequests, 'request')} under way. By the checkpoints of the slices,
            written several times a second.
          </Quiet>
        </>
      )}
    </PageSection>
  );
}
