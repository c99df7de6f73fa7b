'use client';

import { useQuery } from '@tanstack/react-query';
import { Quiet } from '#components/primitives/quiet.tsx';
import { countOf, formatCount } from '#lib/format/count.ts';
import type { ReshardJobDetail } from '#lib/reshard/job-view.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './operations-page.module.css';

/** The plan step by step, and how far it is. The card beside it keeps what is asked for here up to date. */
export function StepList({ initial }: { readonly initial: ReshardJobDetail }) {
  const trpc = useTRPC();
  const { data = initial } = useQuery(
    trpc.reshard.get.queryOptions({ jobId: initial.id }, { initialData: initial }),
  );
  const { steps, stepCount, stepsDone, choice, remarks } = data;
  return (
    <details className={classes.plan}>
      <summary>
        Plan: {countOf(stepCount, 'step')}, {formatCount(stepsDone)} done. {choice}
      </summary>
      {remarks.length > 0 && (
        <ul className={classes.remarks} aria-label="What was to be known">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      <ol className={classes.steps}>
        {steps.map(({ number, words }) => (
          <li key={number} data-done={number <= stepsDone || undefined}>
            {words}
            {number <= stepsDone ? ': done' : number === stepsDone + 1 ? ': next' : ''}
          </li>
        ))}
      </ol>
      {stepCount > steps.length && (
        <Quiet>
          The first {formatCount(steps.length)} of {formatCount(stepCount)}.
        </Quiet>
      )}
    </details>
  );
}
