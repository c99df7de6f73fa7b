import { CUSTOM_METRIC_TIERS, DOLLARS_PER_METRIC_REQUESTED } from '#lib/domain/prices.ts';

/** What GetMetricData charges for so many metrics requested, US dollars. */
export function dollarsOfMetrics(metrics: number): number {
  return metrics * DOLLARS_PER_METRIC_REQUESTED;
}

/** How many metrics may be requested for so much money: whole ones, never one too many. */
export function metricsFor(dollars: number): number {
  // $0.3 over $0.00001 is 29,999.999… in floating point.
  return Math.floor(dollars / DOLLARS_PER_METRIC_REQUESTED + 1e-6);
}

/**
 * What so many custom metrics cost in a month, where the account has no others before them: in an account that has
 * more, less, as the later ones fall into a cheaper tier.
 * @example monthlyDollarsOfCustomMetrics(70_000) // 10,000 x $0.30 + 60,000 x $0.10 = 9,000
 */
export function monthlyDollarsOfCustomMetrics(metrics: number): number {
  let dollars = 0;
  let before = 0;
  for (const { metricsMax, dollarsPerMonth } of CUSTOM_METRIC_TIERS) {
    dollars += Math.max(0, Math.min(metrics, metricsMax) - before) * dollarsPerMonth;
    before = metricsMax;
  }
  return dollars;
}
