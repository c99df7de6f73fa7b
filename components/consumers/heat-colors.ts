import { LAG_STEPS } from '#lib/consumers/lag-step.ts';

/** What a canvas needs of the theme: it cannot read custom properties by itself. */
export type HeatColors = {
  readonly steps: readonly string[];
  readonly unknown: string;
  readonly hatch: string;
};

/** Reads the tokens in force at `element`. */
export function readHeatColors(element: Element): HeatColors {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    steps: LAG_STEPS.map(({ step }) => token(`--k-use-${step}`)),
    unknown: token('--k-line-strong'),
    hatch: token('--k-danger'),
  };
}
