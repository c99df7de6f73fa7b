import { PageLink } from '#components/primitives/page-link.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { applicationHref } from '#lib/consumers/application-href.ts';
import { KIND_WORDS } from '#lib/consumers/kind-words.ts';
import { lagMeaning, lagSource } from '#lib/consumers/lag-words.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import {
  type AffectedConsumerView,
  affectedWords,
  lagOfAffected,
} from '#lib/reshard/affected-consumer.ts';
import { mergingSteps } from '#lib/reshard/merging-steps.ts';
import type { ReshardPreview } from '#lib/reshard/preview-view.ts';
import classes from './reshard-tab.module.css';

/** Named by themselves; a stream that is read by more has them on its own tab. */
const NAMED_MAX = 8;

/** What a plan means to each consumer of the stream. */
export function AffectedConsumers(props: {
  readonly preview: Extract<ReshardPreview, { ok: true }>;
}) {
  const { consumers, leases } = props.preview;
  return (
    <section aria-labelledby="reshard-consumers">
      <h3 className={classes.subtitle} id="reshard-consumers">
        What it means to{' '}
        {consumers.length === 0 ? 'consumers' : countOf(consumers.length, 'consumer')}
      </h3>
      <ul className={classes.remarks}>
        {consumers.slice(0, NAMED_MAX).map((consumer) => (
          <Consumer key={consumer.applicationId} consumer={consumer} preview={props.preview} />
        ))}
        {consumers.length > NAMED_MAX && (
          <li>{countOf(consumers.length - NAMED_MAX, 'more', 'more')}: see the tab Consumers.</li>
        )}
        <li>
          Each application has up to {countOf(leases.atMost, 'lease')} for a time, after{' '}
          {formatCount(leases.now)} now: a closed shard keeps its lease until it is read to its end.
          One that starts at LATEST meanwhile misses what is in new shards by then.
        </li>
      </ul>
    </section>
  );
}

function Consumer(props: {
  readonly consumer: AffectedConsumerView;
  readonly preview: Extract<ReshardPreview, { ok: true }>;
}) {
  const { consumer, preview } = props;
  const nowMs = useServerNow();
  const lag = lagOfAffected(consumer);
  return (
    <li>
      <PageLink href={applicationHref(consumer)}>{consumer.name}</PageLink>{' '}
      {affectedWords(consumer, {
        closing: preview.closedShards,
        merges: mergingSteps(preview),
      })}{' '}
      <Quiet as="span" title={lag === null ? undefined : lagMeaning(lag)}>
        {KIND_WORDS[consumer.kind]}
        {lag !== null && `, ${lagSource(lag, nowMs)}`}
      </Quiet>
    </li>
  );
}
