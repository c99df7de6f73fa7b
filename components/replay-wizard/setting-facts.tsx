import { FactList } from '#components/primitives/fact-list.tsx';
import { REPLAY_STEPS } from '#lib/domain/replay/settings.ts';
import type { SettingFact } from '#lib/replay/view/run.ts';
import { STEP_TITLES } from '#lib/replay/wizard/steps.ts';
import classes from './replay-wizard.module.css';

/** What is decided so far, step by step. */
export function SettingFacts({ facts }: { readonly facts: readonly SettingFact[] }) {
  const decided = REPLAY_STEPS.map((step) => ({
    step,
    ofStep: facts.filter((fact) => fact.step === step),
  })).filter(({ ofStep }) => ofStep.length > 0);
  return decided.map(({ step, ofStep }) => (
    <div key={step} className={classes.part}>
      <h3 className={classes.subtitle}>{STEP_TITLES[step]}</h3>
      <FactList narrowColumns={1} facts={ofStep.map(({ name, value }) => ({ name, value }))} />
    </div>
  ));
}
