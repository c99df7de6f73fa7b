import type { Datapoint } from '#server/local-aws/metering/meter.ts';
import { valuesOf } from '#server/local-aws/metering/value-counts.ts';

/**
 * Statistics that need the distribution of samples. Bounds in percent keep the samples between two ranks, absolute
 * ones those above the lower and up to the upper bound.
 * Source: CloudWatch user guide, "CloudWatch statistics definitions".
 */
export type ExtendedStatistic =
  | { readonly kind: 'percentile'; readonly percent: number }
  | { readonly kind: Trimmed; readonly by: 'percent' | 'value'; readonly bounds: Bounds };

/** Trimmed mean, winsorised mean, trimmed count, trimmed sum, percentile rank. */
type Trimmed = 'TM' | 'WM' | 'TC' | 'TS' | 'PR';

type Bounds = { readonly lower: number; readonly upper: number };

type Values = readonly (readonly [value: number, samples: number])[];

const NUMBER = String.raw`\d+(?:\.\d{1,10})?`;
const PERCENTILE = new RegExp(`^p(${NUMBER})$`);
/** `tm99` is short for `TM(:99%)`. */
const SHORT = new RegExp(`^(tm|wm|tc|ts)(${NUMBER})$`);
const LONG = new RegExp(`^(TM|WM|TC|TS|PR)\\((${NUMBER}%?)?:(${NUMBER}%?)?\\)$`);

/** Reads names such as `p99.9`, `tm90`, `TM(2%:98%)`, `PR(:300)` and `IQM`; null for anything else. */
export function extendedStatistic(stat: string): ExtendedStatistic | null {
  const percentile = PERCENTILE.exec(stat)?.[1];
  if (percentile !== undefined) {
    const percent = Number(percentile);
    return percent <= 100 ? { kind: 'percentile', percent } : null;
  }
  if (stat === 'IQM') {
    return trimmed('TM', '25%', '75%');
  }
  const [, shortKind, upper] = SHORT.exec(stat) ?? [];
  if (shortKind !== undefined) {
    return trimmed(shortKind.toUpperCase() as Trimmed, undefined, `${upper}%`);
  }
  const [, kind, lower, longUpper] = LONG.exec(stat) ?? [];
  return kind === undefined ? null : trimmed(kind as Trimmed, lower, longUpper);
}

function trimmed(
  kind: Trimmed,
  lowerText: string | undefined,
  upperText: string | undefined,
): ExtendedStatistic | null {
  const given = [lowerText, upperText].filter((text) => text !== undefined);
  const isPercent = given.every((text) => text.endsWith('%'));
  const isMixed = !isPercent && given.some((text) => text.endsWith('%'));
  if (given.length === 0 || isMixed || (kind === 'PR' && isPercent)) {
    return null;
  }
  const lower = lowerText === undefined ? -Infinity : Number.parseFloat(lowerText);
  const upper = upperText === undefined ? Infinity : Number.parseFloat(upperText);
  if (lower >= upper || (isPercent && given.some((text) => Number.parseFloat(text) > 100))) {
    return null;
  }
  return isPercent
    ? { kind, by: 'percent', bounds: { lower: Math.max(0, lower), upper: Math.min(100, upper) } }
    : { kind, by: 'value', bounds: { lower, upper } };
}

/**
 * The statistic of one datapoint; null where the distribution is not known, or nothing lies within the bounds. Of a
 * datapoint whose samples are all alike it is known without having been kept, as CloudWatch knows it of statistic sets.
 */
export function readExtended(statistic: ExtendedStatistic, point: Datapoint): number | null {
  const values = distributionOf(point);
  if (values === null) {
    return null;
  }
  if (statistic.kind === 'percentile') {
    return valueAtRank(values, rankOf(statistic.percent, point.sampleCount));
  }
  const { kind, by, bounds } = statistic;
  const inside = by === 'percent' ? betweenRanks(values, bounds) : betweenValues(values, bounds);
  const count = inside.reduce((total, [, samples]) => total + samples, 0);
  const sum = inside.reduce((total, [value, samples]) => total + value * samples, 0);
  switch (kind) {
    case 'TC':
      return count;
    case 'TS':
      return sum;
    case 'TM':
      return count === 0 ? null : sum / count;
    case 'PR':
      return (100 * count) / countOf(values);
    case 'WM':
      return winsorisedMean(values, by, bounds);
  }
}

function distributionOf({ valueCounts, minimum, maximum, sampleCount }: Datapoint): Values | null {
  if (valueCounts !== undefined) {
    return valuesOf(valueCounts, minimum, maximum);
  }
  return minimum === maximum && minimum >= 0 ? [[minimum, sampleCount]] : null;
}

function countOf(values: Values): number {
  return values.reduce((total, [, samples]) => total + samples, 0);
}

/** 1 .. count: the nearest rank. The small difference mends what 0.1 + 0.2 has of 0.3. */
function rankOf(percent: number, count: number): number {
  return Math.min(count, Math.max(1, Math.ceil((percent * count) / 100 - 1e-9)));
}

function valueAtRank(values: Values, rank: number): number | null {
  let seen = 0;
  for (const [value, samples] of values) {
    seen += samples;
    if (seen >= rank) {
      return value;
    }
  }
  return values.at(-1)?.[0] ?? null;
}

function betweenRanks(values: Values, { lower, upper }: Bounds): Values {
  const count = countOf(values);
  const first = Math.floor((lower * count) / 100 + 1e-9);
  const last = Math.ceil((upper * count) / 100 - 1e-9);
  let seen = 0;
  return values.map(([value, samples]) => {
    const from = Math.max(first, seen);
    seen += samples;
    return [value, Math.max(0, Math.min(last, seen) - from)] as const;
  });
}

function betweenValues(values: Values, { lower, upper }: Bounds): Values {
  return values.filter(([value]) => value > lower && value <= upper);
}

/** What lies outside is taken to lie on the bound. */
function winsorisedMean(values: Values, by: 'percent' | 'value', bounds: Bounds): number {
  const count = countOf(values);
  const at = (percent: number) => valueAtRank(values, rankOf(percent, count)) ?? 0;
  const { lower, upper } =
    by === 'value' ? bounds : { lower: at(bounds.lower), upper: at(bounds.upper) };
  const sum = values.reduce(
    (total, [value, samples]) => total + Math.min(upper, Math.max(lower, value)) * samples,
    0,
  );
  return sum / count;
}
