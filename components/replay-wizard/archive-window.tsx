'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf } from '#lib/format/count.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { ArchiveTimeline } from '#lib/replay/view/archive.ts';
import { presetWindow, WINDOW_PRESETS } from '#lib/replay/wizard/brush.ts';
import { withWindow } from '#lib/replay/wizard/change-draft.ts';
import {
  timelinePicture,
  totalsWithin,
  type WindowTotals,
} from '#lib/replay/wizard/timeline-bars.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ArchiveObjects } from './archive-objects.tsx';
import { ArchiveTimelinePicture } from './archive-timeline.tsx';
import { ReadFailure } from './read-failure.tsx';
import classes from './replay-wizard.module.css';
import type { StepProps } from './step-props.ts';
import { WindowFields } from './window-fields.tsx';

/** What time of the archive is replayed: brushed, typed, or chosen by a press. */
export function ArchiveWindow({
  source,
  draft,
  edit,
}: StepProps & { readonly source: ArchiveSource }) {
  const trpc = useTRPC();
  /** What the picture shows of it, nearer than all; null: all. */
  const [seen, setSeen] = useState<TimeSpan | null>(null);
  const timeline = useQuery(
    trpc.archives.timeline.queryOptions(
      { source, window: seen },
      { retry: false, staleTime: 60_000, placeholderData: keepPreviousData },
    ),
  );
  const { data } = timeline;
  const { window } = draft;
  const setWindow = (next: TimeSpan | null) => edit((before) => withWindow(before, next));
  const picture = data === undefined ? null : timelinePicture(data.buckets);
  return (
    <section className={classes.part} aria-labelledby="replay-window">
      <h3 id="replay-window" className={classes.subtitle}>
        Window
      </h3>
      <ReadFailure title="The archive could not be listed" error={timeline.error} />
      {timeline.isPending && <Quiet>Listing the archive…</Quiet>}
      {data !== undefined && picture === null && (
        <p>
          {data.undated.objects === 0
            ? 'Nothing lies under this prefix. See whether bucket and prefix are right; the prefix ends where the folders of the time begin.'
            : `The keys of ${countOf(data.undated.objects, 'object')} tell no time, so all of them are read; records can be filtered by their own times in step 3.`}
        </p>
      )}
      {data !== undefined && picture !== null && (
        <div className={timeline.isPlaceholderData ? classes.old : undefined}>
          <ArchiveTimelinePicture
            picture={picture}
            window={window}
            bucketMs={data.bucketMs}
            onWindow={setWindow}
          />
        </div>
      )}
      {picture !== null && (
        <div className={classes.buttons}>
          {WINDOW_PRESETS.map(({ label, lengthMs }) => {
            const preset = lengthMs === null ? null : presetWindow(picture.span, lengthMs);
            // Shorter than what is shown, or all of it.
            if (lengthMs !== null && preset === null) return null;
            return (
              <Button key={label} onClick={() => setWindow(preset)}>
                {label}
              </Button>
            );
          })}
          <Button disabled={window === null} onClick={() => setSeen(window)}>
            Look closer
          </Button>
          {seen !== null && <Button onClick={() => setSeen(null)}>Show all of it</Button>}
        </div>
      )}
      <WindowFields
        key={JSON.stringify(window)}
        window={window}
        all={picture?.span ?? null}
        onWindow={setWindow}
      />
      {data !== undefined && <ListingWords timeline={data} window={window} />}
      <ArchiveObjects source={source} window={window} />
    </section>
  );
}

/** What the window holds, how that is known, and what has to be restored before it can be read. */
function ListingWords(props: {
  readonly timeline: ArchiveTimeline;
  readonly window: TimeSpan | null;
}) {
  const { timeline, window } = props;
  const nowMs = useServerNow();
  const totals = totalsWithin(timeline.buckets, window);
  const { undated, listing, atMs } = timeline;
  const cold = timeline.classes.filter(({ needsRestore }) => needsRestore);
  return (
    <>
      <p role="status">
        {totalsWords(totals)} {window === null ? 'in all' : 'in the window'}
        {undated.objects > 0 &&
          `, and ${countOf(undated.objects, 'object')} (${formatBytes(undated.bytes)}) whose keys tell no time, which are read too`}
        .{' '}
        <Quiet as="span">
          {countOf(listing.keys, 'key')} listed in {countOf(listing.calls, 'call')} to S3,{' '}
          {formatAge(nowMs - atMs)} ago
        </Quiet>
      </p>
      {listing.words !== null && <Quiet>{listing.words}</Quiet>}
      {cold.length > 0 && (
        <div className={classes.notice} data-level="warning">
          <p className={classes.noticeTitle}>
            {cold
              .map(
                ({ storageClass, objects, bytes }) =>
                  `${countOf(objects, 'object')} (${formatBytes(bytes)}) in ${storageClass}`,
              )
              .join(', ')}
          </p>
          <p>
            S3 gives these out only after they are restored, which takes minutes to days. A plan
            refuses a window that holds any of them.
          </p>
        </div>
      )}
    </>
  );
}

function totalsWords({ objects, bytes, isWhole }: WindowTotals): string {
  return `${isWhole ? '' : 'At least '}${countOf(objects, 'object')}, ${formatBytes(bytes)} as stored`;
}
