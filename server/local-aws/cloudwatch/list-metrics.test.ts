import { describe, expect, it } from 'vitest';
import { CloudWatchError } from './cloudwatch-error.ts';
import { CustomMetrics } from './custom-metrics.ts';
import { listMetrics } from './list-metrics.ts';
import { METRICS_PROFILES } from './metric-clock.ts';
import { samplesOfValues } from './samples.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const HOUR_MS = 3_600_000;
const metricClock = { clock: { nowMs: () => NOW_MS }, profile: METRICS_PROFILES.demo };

/** 1,200 metrics, each third of which has had nothing for more than three hours. */
function openMetrics(): CustomMetrics {
  const metrics = new CustomMetrics(5_000);
  for (let i = 0; i < 1_200; i += 1) {
    const dimensions = { StreamName: `s-${i % 2}`, ShardId: String(i) };
    const atMs = NOW_MS - (i % 3 === 0 ? 4 * HOUR_MS : 1_000);
    const metricName = i < 1_000 ? 'IncomingBytes' : 'OutgoingBytes';
    metrics.put({ namespace: 'app', metricName, dimensions }, atMs, samplesOfValues([[1, 1]]));
  }
  return metrics;
}

function listAll(request: Readonly<Record<string, unknown>>) {
  const metrics = openMetrics();
  const pages: number[] = [];
  const shards: string[] = [];
  let token: string | undefined;
  do {
    const page = listMetrics(
      { ...request, ...(token !== undefined && { NextToken: token }) },
      metrics,
      metricClock,
    );
    pages.push(page.Metrics.length);
    shards.push(
      ...page.Metrics.flatMap(({ Dimensions }) =>
        Dimensions.filter(({ Name }) => Name === 'ShardId').map(({ Value }) => Value),
      ),
    );
    token = page.NextToken;
  } while (token !== undefined);
  expect(new Set(shards).size).toBe(shards.length);
  return { pages, count: shards.length };
}

describe('ListMetrics', () => {
  it('answers 500 a page, each metric once', () => {
    expect(listAll({})).toEqual({ pages: [500, 500, 200], count: 1_200 });
  });

  it.each([
    [{ Namespace: 'app', MetricName: 'OutgoingBytes' }, 200],
    [{ Dimensions: [{ Name: 'StreamName', Value: 's-1' }] }, 600],
    [{ Dimensions: [{ Name: 'StreamName' }, { Name: 'ShardId', Value: '7' }] }, 1],
    [{ Dimensions: [{ Name: 'ConsumerName' }] }, 0],
    [{ Namespace: 'other' }, 0],
    [{ RecentlyActive: 'PT3H' }, 800],
  ])('takes %j for %i of them', (request, count) => {
    expect(listAll(request).count).toBe(count);
  });

  it.each([{ RecentlyActive: 'PT1H' }, { Namespace: '' }, { NextToken: 'nonsense' }])(
    'refuses %j',
    (request) => {
      expect(() => listMetrics(request, openMetrics(), metricClock)).toThrow(CloudWatchError);
    },
  );

  it('takes a token only with the request that it is of', () => {
    const { NextToken } = listMetrics({}, openMetrics(), metricClock);
    expect(NextToken).toBeTypeOf('string');
    expect(() => listMetrics({ NextToken, Namespace: 'app' }, openMetrics(), metricClock)).toThrow(
      CloudWatchError,
    );
  });
});
