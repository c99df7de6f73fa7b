import { SLOT_COUNT } from '#lib/charts/series-slots.ts';

/** What a canvas needs of the theme: it cannot read custom properties by itself. */
export type PlotColors = {
  readonly ground: string;
  readonly line: string;
  readonly ink: string;
  readonly inkQuiet: string;
  readonly limit: string;
  readonly accent: string;
  readonly series: readonly string[];
  readonly font: string;
};

/** Reads the tokens in force at `element`. */
export function readPlotColors(element: Element): PlotColors {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: token('--k-ground'),
    line: token('--k-line'),
    ink: token('--k-ink'),
    inkQuiet: token('--k-ink-2'),
    limit: token('--k-limit'),
    accent: token('--k-accent'),
    series: Array.from({ length: SLOT_COUNT }, (_, slot) => token(`--k-series-${slot}`)),
    font: `11px ${token('--k-font-sans')}`,
  };
}
