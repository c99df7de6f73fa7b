'use client';

import { DataTable } from '#components/primitives/data-table.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import type { AutoscaleMode } from '#lib/domain/reshard/autoscale/policy.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { DecisionView } from '#lib/reshard/autoscale-view.ts';
import { decisionWords, outcomeWords } from '#lib/reshard/autoscale-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './autoscale.module.css';

/** Every decision with its figures, reason and outcome, the newest first; those that said the same are one line. */
export function DecisionTable(props: {
  readonly decisions: readonly DecisionView[];
  readonly hasMore: boolean;
  readonly mode: AutoscaleMode;
}) {
  const { decisions, hasMore, mode } = props;
  const zone = useZone();
  return (
    <section className={classes.part} aria-labelledby="decisions-title">
      <h3 id="decisions-title" className={classes.subtitle}>
        Decisions
      </h3>
      {decisions.length === 0 ? (
        <Quiet>
          {mode === 'off'
            ? 'None yet. A policy that advises or acts decides each minute, and every decision is kept here with its figures, “do nothing” included.'
            : 'None yet: the first is due now.'}
        </Quiet>
      ) : (
        <TableBox label="Decisions of the policy" heightMax={420}>
          <DataTable className={classes.table} widthMin={760}>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Decision</th>
                <th scope="col" data-numeric>
                  Load, shards
                </th>
                <th scope="col" data-numeric>
                  Busiest shard
                </th>
                <th scope="col" data-numeric>
                  Lag
                </th>
                <th scope="col">What came of it</th>
              </tr>
            </thead>
            <tbody>
              {decisions.map((decision) => (
                <DecisionLine key={decision.id} decision={decision} zone={zone} />
              ))}
            </tbody>
          </DataTable>
        </TableBox>
      )}
      {hasMore && <Quiet>The newest {decisions.length}; older ones are kept for 400 days.</Quiet>}
    </section>
  );
}

function DecisionLine({
  decision,
  zone,
}: {
  readonly decision: DecisionView;
  readonly zone: string;
}) {
  const { fromMs, toMs, count, span, outcome, words, appliedBy, jobId } = decision;
  const { lagOf } = decision.decision.facts;
  return (
    <tr>
      <td>
        {formatInstant(toMs, zone)}
        {count > 1 && (
          <Quiet as="span">
            {' '}
            {countOf(count, 'time')} in {formatAge(toMs - fromMs)}
          </Quiet>
        )}
      </td>
      <td>{decisionWords(decision.decision)}</td>
      <td data-numeric>
        <Load min={span.loadShardsMin} max={span.loadShardsMax} />
      </td>
      <td data-numeric>
        {span.busiestUseMax === null ? (
          <Unknown reason="shard-level metrics are off, or nothing is recorded since the shards changed" />
        ) : (
          formatUse(span.busiestUseMax)
        )}
      </td>
      <td data-numeric title={lagOf ?? undefined}>
        {span.lagMsMax === null ? (
          <Unknown reason={`the lag of ${lagOf ?? 'a consumer'} is not known`} />
        ) : (
          formatAge(span.lagMsMax)
        )}
      </td>
      <td>
        {outcomeWords(outcome, words, appliedBy)}
        {jobId !== null && (
          <>
            {' '}
            <PageLink href={`/operations/${jobId}`}>operation {jobId}</PageLink>
          </>
        )}
      </td>
    </tr>
  );
}

/** The highest of the time looked back at, from the lowest to the highest of these decisions. */
function Load({ min, max }: { readonly min: number | null; readonly max: number | null }) {
  if (min === null || max === null) {
    return <Unknown reason="it was not recorded for all of the time looked back at" />;
  }
  const [low, high] = [min.toFixed(1), max.toFixed(1)];
  return low === high ? low : `${low}–${high}`;
}
