'use client';

import { VisuallyHidden } from '@mantine/core';
import type { ReplayStep } from '#lib/domain/replay/settings.ts';
import { countOf } from '#lib/format/count.ts';
import type { StepView } from '#lib/replay/wizard/steps.ts';
import classes from './replay-wizard.module.css';

/** The steps in their order, each a button: nothing is locked but what a plan is needed for. */
export function WizardSteps(props: {
  readonly steps: readonly StepView[];
  readonly shown: ReplayStep;
  /** Why a step cannot be gone to now; null: it can. */
  readonly lockOf: (step: ReplayStep) => string | null;
  readonly onGo: (step: ReplayStep) => void;
}) {
  return (
    <nav aria-label="Steps of the replay">
      <ol className={classes.steps}>
        {props.steps.map(({ step, number, title, state, gaps }) => {
          const lock = props.lockOf(step);
          return (
            <li key={step}>
              <button
                type="button"
                className={classes.step}
                data-state={state}
                aria-current={step === props.shown ? 'step' : undefined}
                disabled={lock !== null}
                title={
                  lock ?? (gaps.length > 0 && state === 'missing' ? gaps.join(' ') : undefined)
                }
                onClick={() => props.onGo(step)}
              >
                <span className={classes.stepMark} aria-hidden>
                  {state === 'done' ? '✓' : number}
                </span>
                {title}
                <VisuallyHidden>
                  {state === 'done'
                    ? ', done'
                    : state === 'missing'
                      ? `, ${countOf(gaps.length, 'thing')} missing`
                      : ''}
                </VisuallyHidden>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
