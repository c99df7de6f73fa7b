'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { parseAsInteger, useQueryState } from 'nuqs';
import { memo, useId } from 'react';
import { HealthIcon } from '#components/primitives/health-mark.tsx';
import { findingWords } from '#lib/advice/finding-words.ts';
import { findingCountWords, sizingWords } from '#lib/advice/sizing-words.ts';
import type { StreamAdvice } from '#lib/advice/stream-advice.ts';
import type { Finding } from '#lib/domain/advice/finding.ts';
import { formatAge } from '#lib/format/age.ts';
import { usePause, useServerNow } from '#lib/live/live-provider.tsx';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { useIdleTurn } from '#lib/live/use-idle-turn.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { AdviceItem, LEVEL_OF } from './advice-item.tsx';
import classes from './advice-panel.module.css';
import { HeadroomSelect } from './headroom-select.tsx';

/** Refusals of the last hour change slowly against this. */
const ASK_AGAIN_MS = 15_000;

/** What the recorded history advises: a line that is always as high, and the whole of it below on demand. */
export const AdvicePanel = memo(function AdvicePanel(props: { row: StreamRow; gone: boolean }) {
  const { row, gone } = props;
  const trpc = useTRPC();
  const titleId = useId();
  // A stream that is being deleted cannot be changed: its health says so, and no advice helps.
  const hidden = gone || row.status === 'DELETING';
  const paused = usePause().pausedAtMs !== null;
  const isTurn = useIdleTurn();
  const [headroomPercent, setHeadroomPercent] = useQueryState(
    'headroom',
    parseAsInteger.withDefault(30),
  );
  const { data, error } = useQuery(
    trpc.advice.stream.queryOptions(
      {
        connection: row.connection,
        streamName: row.streamName,
        headroom: Math.min(300, Math.max(0, headroomPercent)) / 100,
      },
      {
        enabled: !hidden && isTurn,
        refetchInterval: paused ? false : ASK_AGAIN_MS,
        placeholderData: keepPreviousData,
      },
    ),
  );
  if (hidden) return null;
  const advice = data?.streamId === row.streamId ? data : undefined;
  return (
    <details className={classes.panel}>
      <summary className={classes.summary}>
        <h2 id={titleId} className={classes.title}>
          Advice
        </h2>
        <SummaryLine advice={advice} failure={error?.message ?? null} />
      </summary>
      {advice !== undefined && (
        <div className={classes.body}>
          <div className={classes.tools}>
            <AdviceSource advice={advice} />
            <HeadroomSelect percent={headroomPercent} onPercent={setHeadroomPercent} />
          </div>
          {advice.findings.length === 0 ? (
            <p className={classes.none}>
              No rule finds anything to do: nothing was refused, no reader nears the end of
              retention, and the shards fit the load on record.
            </p>
          ) : (
            <ol className={classes.list} aria-labelledby={titleId}>
              {advice.findings.map((finding) => (
                <AdviceItem key={finding.id} finding={finding} />
              ))}
            </ol>
          )}
        </div>
      )}
    </details>
  );
});

function SummaryLine(props: { advice: StreamAdvice | undefined; failure: string | null }) {
  const { advice, failure } = props;
  if (advice === undefined) {
    return (
      <span className={classes.quiet}>
        {failure === null ? 'Reading the recorded history…' : `Not known: ${failure}`}
      </span>
    );
  }
  const [worst] = advice.findings;
  const size = sizingWords(advice.sizing);
  return (
    <>
      <span className={classes.worst}>
        {worst !== undefined && <HealthIcon level={LEVEL_OF[worst.severity]} />}
        <span className={classes.worstText}>{summaryOf(advice.findings)}</span>
      </span>
      {size !== null && <span className={classes.size}>{size}</span>}
    </>
  );
}

function summaryOf(findings: readonly Finding[]): string {
  const [worst] = findings;
  const count = findingCountWords(findings);
  return worst === undefined ? count : `${findingWords(worst).title} · ${count}`;
}

/** By what, and since when, it was found. */
function AdviceSource({ advice }: { readonly advice: StreamAdvice }) {
  const nowMs = useServerNow();
  return (
    <p className={classes.source}>
      Rules of this product over CloudWatch’s figures, recorded{' '}
      {advice.recordedSinceMs === null
        ? 'nowhere yet'
        : `for ${formatAge(advice.madeAtMs - advice.recordedSinceMs)}`}
      ; found {formatAge(nowMs - advice.madeAtMs)} ago
    </p>
  );
}
