'use client';

import { FactList } from '#components/primitives/fact-list.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { PlannedStrip } from '#components/reshard/planned-strip.tsx';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { TargetView } from '#lib/replay/view/target.ts';
import { busiestUse, targetStrip } from '#lib/replay/wizard/target-strip.ts';
import { MODE_WORDS } from '#lib/stream-admin/setting-words.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { Findings } from './findings.tsx';
import classes from './replay-wizard.module.css';

/** What is known of a target: its shards and their live load, who will see the records, and what stands against it. */
export function TargetFacts({ target }: { readonly target: TargetView }) {
  const { streamName, status, mode, shards, recordBytesMax, isSource, isByKey } = target;
  const carried = shards.map(({ start, end, live }) => ({ start, end, rates: live }));
  return (
    <>
      <FactList
        narrowColumns={2}
        facts={[
          { name: 'State', value: status, critical: status !== 'ACTIVE' },
          { name: 'Capacity', value: MODE_WORDS[mode] },
          { name: 'Open shards', value: formatCount(shards.length) },
          { name: 'Largest record', value: formatBytes(recordBytesMax) },
          { name: 'Live traffic', value: <LiveLoad target={target} /> },
        ]}
      />
      {shards.length > 0 && (
        <PlannedStrip
          label={`Live use of ${streamName}`}
          cells={targetStrip(carried)}
          shardCount={shards.length}
          busiestUse={busiestUse(carried)}
        />
      )}
      <LiveSource target={target} />
      {isSource && (
        <div className={classes.notice}>
          <p className={classes.noticeTitle}>The archive was made of {streamName}</p>
          <p>
            Its consumers see each record once more, in the middle of what is new. Choose another
            stream, or type the name of this one in the last step.
          </p>
        </div>
      )}
      {!isByKey && (
        <p>
          {streamName} spreads records over its shards by itself: no order of keys can be kept in
          it.
        </p>
      )}
      <Findings refusals={target.refusals} warnings={target.warnings} />
      <Consumers target={target} />
    </>
  );
}

/** What others write to the target now, in both units. */
export function LiveLoad({ target: { live } }: { readonly target: Pick<TargetView, 'live'> }) {
  return live === null ? (
    <Unknown reason="shard-level metrics are off, or nothing has been read yet" />
  ) : (
    `${formatBytesPerSecond(live.bytesPerSecond)}, ${formatRecordsPerSecond(live.recordsPerSecond)}`
  );
}

/** Of when the live load is, and who said so. */
export function LiveSource({ target }: { readonly target: Pick<TargetView, 'liveOf' | 'atMs'> }) {
  const { liveOf, atMs } = target;
  const nowMs = useServerNow();
  return (
    <Quiet>
      {liveOf === null
        ? 'Live traffic is not known: set an absolute cap in step 5, or turn shard-level metrics on.'
        : `Live traffic of ${formatAge(liveOf.toMs - liveOf.fromMs)} until ${formatAge(nowMs - liveOf.toMs)} ago, ${liveOf.source}`}
      ; shards read {formatAge(nowMs - atMs)} ago, Kinesis
    </Quiet>
  );
}

function Consumers({ target }: { readonly target: TargetView }) {
  const { consumers, consumersGap, streamName, connection } = target;
  return (
    <section className={classes.part} aria-labelledby="replay-consumers">
      <h3 id="replay-consumers" className={classes.subtitle}>
        Who will see the records:{' '}
        {consumers.length === 0 ? 'nobody known' : countOf(consumers.length, 'consumer')}
      </h3>
      {consumers.length > 0 && (
        <ul className={classes.list}>
          {consumers.map(({ name, kind }) => (
            <li key={`${kind} ${name}`}>
              {name} <Quiet as="span">{kind}</Quiet>
            </li>
          ))}
        </ul>
      )}
      <p>
        <PageLink href={`${streamHref(connection, streamName)}?tab=consumers`}>
          How they are now
        </PageLink>
      </p>
      {consumersGap !== null && <Quiet>{consumersGap}</Quiet>}
    </section>
  );
}
