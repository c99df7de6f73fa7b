import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderLabel, folderWall, listingBounds } from './folder-layout.ts';
import { keyTimes } from './key-times.ts';
import { type TimeZone, timeZoneOf } from './time-zone.ts';

const at = (text: string) => Date.parse(text);
/** Firehose's own. */
const FIREHOSE_LAYOUT = { labels: ['', '', '', ''] };
const HIVE = { labels: ['year=', 'month=', 'day=', 'hour='] };
const LAYOUTS = [FIREHOSE_LAYOUT, { labels: ['', '', ''] }, HIVE];

function zone(name: string): TimeZone {
  const found = timeZoneOf(name);
  if (found === null) throw new Error(`the runtime knows no ${name}`);
  return found;
}

describe('what stands before the digits', () => {
  it.each([
    [['2025/', '2026/'], 0, ''],
    [['year=2025/', 'year=2026/'], 0, 'year='],
    [['01/', '12/'], 1, ''],
    [['h=00/', 'h=23/'], 3, 'h='],
    [['2025/', 'year=2026/'], 0, null],
    [['2025/', 'errors/'], 0, null],
    [['13/'], 1, null],
    [['1/'], 1, null],
    [[], 0, null],
  ])('%j', (names, depth, label) => {
    expect(folderLabel(names, depth)).toBe(label);
  });
});

describe('the time of a folder', () => {
  it.each([
    ['2026/', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['2024/02/', '2024-02-01T00:00:00Z', '2024-03-01T00:00:00Z'],
    ['2026/12/31/', '2026-12-31T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['2026/11/23/05/', '2026-11-23T05:00:00Z', '2026-11-23T06:00:00Z'],
  ])('%s', (folder, from, to) => {
    expect(folderWall(folder, FIREHOSE_LAYOUT)).toEqual({ fromMs: at(from), toMs: at(to) - 1 });
  });

  it('is not known of others', () => {
    expect(folderWall('errors/', FIREHOSE_LAYOUT)).toBeNull();
    expect(folderWall('2026/11/23/05/x/', FIREHOSE_LAYOUT)).toBeNull();
    expect(folderWall('year=2026/month=11/', HIVE)).not.toBeNull();
  });
});

describe('the bounds of a listing', () => {
  it('leave out no object that may hold a record of the window, and few others', () => {
    const anyMs = fc.integer({ min: at('2024-01-01'), max: at('2027-01-01') });
    const hours = fc.nat(50).map((n) => n * 1_800_000);
    const names = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/New_York');
    const layouts = fc.constantFrom(...LAYOUTS);
    const steps = fc.integer({ min: -200, max: 200 });
    fc.assert(
      fc.property(anyMs, hours, hours, names, layouts, steps, (...args) => {
        const [fromMs, lengthMs, paddingMs, name, layout, away] = args;
        const window = { fromMs, toMs: fromMs + lengthMs };
        const objectMs = fromMs + away * 1_800_000;
        const wall = new Date(zone(name).toWall(objectMs)).toISOString().split(/[-T:]/);
        const folder = layout.labels.map((label, depth) => label + wall[depth]).join('/');
        const key = `p/${folder}/name`;
        const { startAfter, stopAt } = listingBounds('p/', layout, window, paddingMs, zone(name));
        const isListed = key > startAfter && key < stopAt;
        const times = keyTimes(key, zone(name));
        if (times === null) throw new Error(`${key} tells no time`);
        const isNear =
          times.fromMs - paddingMs <= window.toMs && times.toMs + paddingMs >= window.fromMs;
        if (isNear) expect(isListed).toBe(true);
        const isFar =
          objectMs < fromMs - paddingMs - 86_400_000 - 7_200_000 ||
          objectMs > window.toMs + paddingMs + 2 * 86_400_000 + 7_200_000;
        if (isFar) expect(isListed).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});
