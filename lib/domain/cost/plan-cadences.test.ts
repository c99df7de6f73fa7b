import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundCadenceUp } from './cadence-steps.ts';
import { type PlannedStream, planCadences } from './plan-cadences.ts';

const DAY = 86_400;

const small = (watched = false): PlannedStream => ({ metrics: 7, wantedSeconds: 300, watched });

const costOf = (streams: readonly PlannedStream[], cadences: readonly number[], seconds = DAY) =>
  streams.reduce((sum, { metrics }, i) => sum + (metrics * seconds) / (cadences[i] ?? 0), 0);

const anyStream = fc.record({
  metrics: fc.integer({ min: 1, max: 70_007 }),
  wantedSeconds: fc.integer({ min: 1, max: 3_600 }),
  watched: fc.boolean(),
});

const anyMeans = fc.record({
  metricsLeft: fc.integer({ min: 1, max: 1_000_000 }),
  secondsLeft: fc.integer({ min: 1, max: DAY }),
});

describe('planCadences', () => {
  test('leaves the cadences as they are wanted where the money suffices', () => {
    // 10 x 7 metrics x 288 readings a day = 20,160 metrics: $0.20 of $1.
    const streams = Array.from({ length: 10 }, () => small());
    expect(planCadences(streams, { metricsLeft: 100_000, secondsLeft: DAY })).toEqual(
      streams.map(() => 300),
    );
  });

  test('reads 500 streams each 50.4 min for $1 a day', () => {
    // 500 x 7 metrics x 86,400 s / 100,000 metrics = 3,024 s. At 300 s it would be $10.08 a day.
    const streams = Array.from({ length: 500 }, () => small());
    for (const cadence of planCadences(streams, { metricsLeft: 100_000, secondsLeft: DAY })) {
      expect(cadence).toBeCloseTo(3_024, 6);
    }
  });

  test('saves on what nobody looks at first', () => {
    // The watched one costs 7 x 1,440 = 10,080 a day; the other 499 share what is left of 100,000:
    // 499 x 7 x 86,400 / 89,920 = 3,356.3 s.
    const streams = [{ ...small(true), wantedSeconds: 60 }, ...Array(499).fill(small())];
    const [watched, other] = planCadences(streams, { metricsLeft: 100_000, secondsLeft: DAY });
    expect(watched).toBe(60);
    expect(other).toBeCloseTo(3_356.3, 1);
  });

  test('then on what is watched, and keeps a tenth for the others', () => {
    // 5,000 shards x 3 metrics and 7 of the stream each minute would be $216 a day.
    const dear = { metrics: 15_007, wantedSeconds: 60, watched: true };
    const [watched, other] = planCadences([dear, small()], {
      metricsLeft: 100_000,
      secondsLeft: DAY,
    });
    // Of the others' tenth only 7 x 288 = 2,016 metrics are needed.
    expect(other).toBe(300);
    expect(watched).toBeCloseTo((15_007 * DAY) / (100_000 - 2_016), 3);
  });

  test('stretches a dear stream more, but only by the root of what it costs', () => {
    const dear = { metrics: 28_000, wantedSeconds: 300, watched: false };
    const streams = [dear, ...Array(499).fill(small())];
    const [ofDear, ofSmall] = planCadences(streams, { metricsLeft: 50_000, secondsLeft: DAY });
    expect((ofDear ?? 0) / (ofSmall ?? 1)).toBeCloseTo(Math.sqrt(28_000 / 7), 6);
  });

  test('reads nothing more where nothing is left', () => {
    const plan = planCadences([small(), small(true)], { metricsLeft: 0, secondsLeft: 3_600 });
    expect(plan).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  test('never plans more than is left, nor oftener than wanted, and spends it where more is wanted', () => {
    fc.assert(
      fc.property(
        fc.array(anyStream, { minLength: 1, maxLength: 60 }),
        anyMeans,
        (streams, means) => {
          const cadences = planCadences(streams, means);
          const cost = costOf(streams, cadences, means.secondsLeft);
          expect(cost).toBeLessThanOrEqual(means.metricsLeft * (1 + 1e-6));
          cadences.forEach((cadence, i) => {
            expect(cadence).toBeGreaterThanOrEqual(streams[i]?.wantedSeconds ?? 0);
          });
          const isStretched = cadences.some(
            (cadence, i) => cadence > (streams[i]?.wantedSeconds ?? 0) * (1 + 1e-6),
          );
          if (isStretched) expect(cost).toBeGreaterThan(means.metricsLeft * (1 - 1e-6));
        },
      ),
    );
  });

  test('stretches nothing that is watched while what is not could still give', () => {
    fc.assert(
      fc.property(
        fc.array(anyStream, { minLength: 2, maxLength: 40 }),
        anyMeans,
        (streams, means) => {
          const cadences = planCadences(streams, means);
          const watchedIsStretched = streams.some(
            (s, i) => s.watched && (cadences[i] ?? 0) > s.wantedSeconds * (1 + 1e-6),
          );
          if (!watchedIsStretched) return;
          const others = streams.flatMap((s, i) =>
            s.watched ? [] : [(s.metrics * means.secondsLeft) / (cadences[i] ?? 1)],
          );
          const spent = others.reduce((sum, cost) => sum + cost, 0);
          expect(spent).toBeLessThanOrEqual(means.metricsLeft * 0.1 * (1 + 1e-6));
        },
      ),
    );
  });
});

test('rounds a cadence up to one that can be remembered', () => {
  expect([1, 6, 61, 652, 3_024, 57_601, 243_700].map(roundCadenceUp)).toEqual([
    1, 10, 120, 720, 3_600, 86_400, 259_200,
  ]);
  expect(roundCadenceUp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});
