import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { windowWords } from '#lib/advice/window-words.ts';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import { chartTablePeriodHead, chartTableRow } from '#lib/charts/chart-table.ts';
import { describePeriod } from '#lib/charts/describe-chart.ts';
import { timeTicks, timeTickTexts } from '#lib/charts/time-ticks.ts';
import { sourceLine } from '#lib/format/source-line.ts';
import { readTimes } from '#lib/format/testing/read-times.ts';
import {
  formatDay,
  formatInstant,
  formatPeriod,
  formatPeriodUnder,
  UTC,
  type Zone,
  zoneName,
} from '#lib/format/time.ts';
import { bandWords, lifeLines } from '#lib/lineage/lineage-words.ts';
import { streamRowOf } from '#lib/live/testing/stream-row-of.ts';
import { whyNoReading } from '#lib/shards/why-no-reading.ts';
import { pageTrouble } from '#lib/shell/link-words.ts';
import { sinceWords } from '#lib/stream-page/binding-words.ts';
import { streamFacts } from '#lib/stream-page/stream-facts.ts';
import { whyStale } from '#lib/streams/judge-row.ts';
import { whyNoRate } from '#lib/streams/why-unknown.ts';
import { rangeWords } from './custom-range.ts';
import { parseWallTime } from './parse-wall-time.ts';
import { fixedRange } from './time-range.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** With summer time on both halves of the globe, by half an hour, by offsets in minutes, and without any. */
const ZONES: readonly Zone[] = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Chatham',
  'Asia/Kolkata',
];

/** Instants at which one of them changes its clocks. */
const CHANGES_MS = [
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2026-03-08T07:00:00Z',
  '2026-11-01T06:00:00Z',
  '2026-04-04T15:00:00Z',
  '2026-10-03T15:30:00Z',
].map((text) => Date.parse(text));

const seconds = (from: number, to: number) =>
  fc.integer({ min: Math.ceil(from / 1000), max: Math.floor(to / 1000) }).map((s) => s * 1000);
const instant = fc.oneof(
  seconds(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)),
  fc.constantFrom(...CHANGES_MS).chain((ms) => seconds(ms - 2 * HOUR_MS, ms + 2 * HOUR_MS)),
);
const zone = fc.constantFrom(...ZONES);
const periodSeconds = fc.constantFrom(5, 60, 300, 900, 3_600);

function modelOf(fromMs: number, periods: number, everySeconds: number): ChartModel {
  const periodStartMs = Array.from({ length: periods }, (_, i) => fromMs + i * everySeconds * 1000);
  return {
    key: 'bytes',
    title: 'Bytes in',
    source: 'IncomingBytes, Sum',
    unit: 'records',
    shape: 'lines',
    periodSeconds: everySeconds,
    periodStartMs,
    partialSeconds: null,
    fromMs,
    toMs: fromMs + periods * everySeconds * 1000,
    lines: [{ key: 'a', label: 'a', title: 'a', slot: 0, values: periodStartMs.map(() => 1) }],
    limits: [],
    limitAbove: null,
    yMin: 0,
    yMax: 1,
  };
}

/** Each way in which lib tells times, of an instant and something later. */
const FORMATTERS: Readonly<Record<string, (ms: number, seconds: number, in_: Zone) => string>> = {
  instant: (ms, _, in_) => formatInstant(ms, in_),
  period: (ms, length, in_) => formatPeriod(ms, length, in_),
  'source line': (ms, length, in_) =>
    sourceLine({ periodStartMs: ms, periodSeconds: length, collectedAtMs: ms }, ms, in_),
  'period of a chart': (ms, length, in_) => describePeriod(modelOf(ms, 3, length), 0, in_),
  'range of an hour': (ms, _, in_) => rangeWords(fixedRange(ms, ms + HOUR_MS), in_),
  'range of days': (ms, _, in_) => rangeWords(fixedRange(ms, ms + 6 * DAY_MS), in_),
  'window of advice': (ms, length, in_) => windowWords(ms, ms + length * 1000, in_),
  'window of advice over days': (ms, _, in_) => windowWords(ms, ms + 2 * DAY_MS, in_),
  'since when a limit binds': (ms, _, in_) =>
    sinceWords(
      { limit: 'writeBytes', use: 1, sinceMs: ms, atLeast: false, resolutionSeconds: 5 },
      ms + HOUR_MS,
      in_,
    ),
  'life of a shard': (ms, _, in_) =>
    lifeLines(
      { state: 'closed', createdAtMs: ms, endedAtMs: ms + HOUR_MS },
      { retentionHours: 24, nowMs: ms + 2 * HOUR_MS, zone: in_ },
    )
      .map(({ value }) => value)
      .join('; '),
  'band of lineage': (ms, _, in_) =>
    bandWords(
      { shard: null, state: 'closed', count: 3, createdAtMs: ms, endedAtMs: ms + HOUR_MS } as never,
      { retentionHours: 24, nowMs: ms + 2 * HOUR_MS, zone: in_ },
    ),
  'creation of a stream': (ms, _, in_) =>
    streamFacts(streamRowOf({ createdAtMs: ms - (ms % 60_000) }), in_)
      .filter(({ name }) => name === 'Created')
      .flatMap(({ value, detail }) => [value, detail])
      .join('; '),
  'figures that are old': (ms, length, in_) =>
    whyStale(streamRowOf({ period: { startMs: ms, seconds: length } }), in_),
  'no datapoint of a stream': (ms, length, in_) =>
    whyNoRate(streamRowOf({ period: { startMs: ms, seconds: length } }), in_),
  'no datapoint of a shard': (ms, length, in_) =>
    whyNoReading(
      {
        period: { periodStartMs: ms, periodSeconds: length, collectedAtMs: ms },
        hasShardFigures: true,
      } as never,
      in_,
    ),
  'a lost server': (ms, _, in_) =>
    pageTrouble({ state: 'lost', problem: null, lostSinceMs: ms }, [], in_)?.what ?? '',
};

describe('what is told in a zone denotes the instants that it denotes in UTC', () => {
  test.each(Object.entries(FORMATTERS))('%s', (_, format) => {
    fc.assert(
      fc.property(instant, periodSeconds, zone, (ms, length, local) => {
        const inUtc = readTimes(format(ms, length, UTC));
        expect(inUtc.length).toBeGreaterThan(0);
        const inZone = readTimes(format(ms, length, local));
        // A date stands where it is another day, which may be so in one of the two alone.
        expect(inZone.map((time, i) => ((inUtc[i] ?? 0) < DAY_MS ? time % DAY_MS : time))).toEqual(
          inUtc.map((time, i) => ((inZone[i] ?? 0) < DAY_MS ? time % DAY_MS : time)),
        );
      }),
      { numRuns: 200 },
    );
  });
});

test('a table of a chart denotes the same under its head, also where clocks were changed within it', () => {
  fc.assert(
    fc.property(instant, periodSeconds, zone, (ms, length, local) => {
      const model = modelOf(ms, 30, length);
      const told = (in_: Zone) =>
        model.periodStartMs.map((__, place) =>
          readTimes(
            chartTableRow(model, place, in_)?.period ?? '',
            chartTablePeriodHead(model, in_),
          ),
        );
      expect(told(local)).toEqual(told(UTC));
    }),
    { numRuns: 100 },
  );
});

test('periods under a head that names the zone denote the same', () => {
  fc.assert(
    fc.property(instant, instant, periodSeconds, zone, (headMs, ms, length, local) => {
      const told = (in_: Zone) =>
        readTimes(formatPeriodUnder(headMs, ms, length, in_), zoneName(in_, headMs));
      expect(told(local)).toEqual(told(UTC));
    }),
  );
});

test('a tick of a time axis is told as the wall shows it at that instant', () => {
  const span = fc.constantFrom(15 * 60_000, HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS);
  fc.assert(
    fc.property(instant, span, zone, fc.integer({ min: 3, max: 9 }), (ms, length, local, most) => {
      const ticks = timeTicks(ms, ms + length, local, most);
      expect(ticks.length).toBeLessThanOrEqual(most);
      for (const [i, tick] of ticks.entries()) {
        expect(tick).toBeGreaterThan(ticks[i - 1] ?? ms - 1);
        expect(tick).toBeLessThanOrEqual(ms + length);
        const text = timeTickTexts(ticks, local)[i] ?? '';
        if (/^\d\d-\d\d$/.test(text)) {
          expect(formatInstant(tick, local)).toContain(`${text} 00:00:00`);
        } else {
          expect(readTimes(text, zoneName(local, tick))).toEqual([
            (Math.floor(tick / 1000) * 1000) % DAY_MS,
          ]);
        }
      }
    }),
  );
});

test('ticks of days lie at midnight, before and after clocks are changed', () => {
  const ticks = timeTicks(Date.UTC(2026, 9, 22), Date.UTC(2026, 9, 29), 'Europe/Berlin', 9);
  expect(timeTickTexts(ticks, 'Europe/Berlin')).toEqual([
    '10-23',
    '10-24',
    '10-25',
    '10-26',
    '10-27',
    '10-28',
    '10-29',
  ]);
});

test('what is read off a wall is the instant that is told there, the first where there are two', () => {
  fc.assert(
    fc.property(instant, zone, (ms, local) => {
      const [date = '', clock = ''] = formatInstant(ms, local).split(' ');
      const read = parseWallTime(`${date} ${clock}`, local);
      expect(read).not.toBeNull();
      expect(formatDay(read ?? 0, local)).toBe(date);
      expect(read).toBeLessThanOrEqual(ms);
      expect([0, HOUR_MS / 2, HOUR_MS]).toContain(ms - (read ?? 0));
    }),
  );
});
