'use client';

import { Quiet } from '#components/primitives/quiet.tsx';
import type { FilterPlan } from '#lib/domain/replay/filter/filter-plan.ts';
import { ALL_RECORDS } from '#lib/domain/replay/settings-of-draft.ts';
import { filterWords } from '#lib/replay/wizard/sample-words.ts';
import { DedupField } from './dedup-field.tsx';
import { ExpressionField } from './expression-field.tsx';
import { KeysField } from './keys-field.tsx';
import { ReadFailure } from './read-failure.tsx';
import { RecordWindowField } from './record-window-field.tsx';
import classes from './replay-wizard.module.css';
import { SampleRows } from './sample-rows.tsx';
import { SamplingField } from './sampling-field.tsx';
import type { RunStepProps } from './step-props.ts';
import { useSample } from './use-sample.ts';
import { VerdictBar } from './verdict-bar.tsx';

/** Which records are sent, seen at once on the sample. */
export function FilterStep({ run, draft, edit }: RunStepProps) {
  const filter = draft.filter ?? ALL_RECORDS;
  const setFilter = (change: Partial<FilterPlan>) =>
    edit((before) => ({ ...before, filter: { ...(before.filter ?? ALL_RECORDS), ...change } }));
  const { query, isOld } = useSample(run, draft, true);
  const { data } = query;
  return (
    <>
      <Quiet>
        A record is sent where all of these let it pass. Nothing is filtered until you say so, but
        for the time of the window.
      </Quiet>
      <RecordWindowField draft={draft} edit={edit} />
      <KeysField
        keys={filter.partitionKeys}
        largest={data?.keys.largest?.partitionKey ?? null}
        onChange={(partitionKeys) => setFilter({ partitionKeys })}
      />
      <ExpressionField draft={draft} edit={edit} />
      <SamplingField sampling={filter.sampling} onChange={(sampling) => setFilter({ sampling })} />
      <DedupField dedup={filter.dedup} onChange={(dedup) => setFilter({ dedup })} />
      <section className={classes.part} aria-labelledby="replay-verdicts">
        <h3 id="replay-verdicts" className={classes.subtitle}>
          On the sample
        </h3>
        {run.quarantineOf !== null && (
          <p>What lies in quarantine is not sampled: the plan reads it.</p>
        )}
        {draft.transform === null && <p>Choose a format first: step 2.</p>}
        <ReadFailure title="The filter could not be tried" error={query.error} />
        {query.isLoading && <Quiet>Reading a sample…</Quiet>}
        {data !== undefined && query.error === null && (
          <>
            <VerdictBar totals={data.totals} isOld={isOld} />
            <p role="status">{filterWords(data)}</p>
            <SampleRows sample={data} withVerdicts isOld={isOld} />
          </>
        )}
      </section>
    </>
  );
}
