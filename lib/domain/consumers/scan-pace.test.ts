import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScanPace } from './scan-pace.ts';

const HOUR_MS = 3_600_000;

/** Reads pages of a table without end for an hour, as fast as the pace allows. */
function readForAnHour(pace: ScanPace, bytesPerRow: number) {
  const pages: { atMs: number; units: number }[] = [];
  for (let atMs = 0; atMs < HOUR_MS; atMs += 5) {
    atMs += pace.waitMs(atMs);
    const units = Math.ceil((pace.rows * bytesPerRow) / 4_096) / 2;
    pages.push({ atMs, units });
    pace.read(atMs, pace.rows, units);
  }
  return pages;
}

describe('a paced scan', () => {
  test('takes no more than it may of a table over any time, but for one page', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        fc.integer({ min: 100, max: 4_000 }),
        (allowed, bytesPerRow) => {
          const pages = readForAnHour(new ScanPace(allowed), bytesPerRow);
          const largest = Math.max(...pages.map(({ units }) => units));
          let sum = 0;
          for (const { atMs, units } of pages) {
            sum += units;
            // What was taken up to and with this page.
            expect(sum).toBeLessThanOrEqual((atMs / 1000) * allowed + largest + 1e-6);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('of a table with 10 units a second and 5,000 leases keeps to its tenth, and takes some minutes', () => {
    const pages = readForAnHour(new ScanPace(1), 400);
    const taken = pages.reduce((sum, { units }) => sum + units, 0);
    expect(taken).toBeGreaterThan(3_000);
    expect(taken).toBeLessThanOrEqual(3_603);
    // 5,000 leases of 400 bytes are 245 units: a reading takes four minutes, and says so.
    expect(pages.filter(({ atMs }) => atMs < 240_000).length).toBeGreaterThan(80);
  });

  test('reads on by what rows take as a rule where nobody tells what a page took', () => {
    const pace = new ScanPace(10);
    pace.read(0, 200, null);
    expect(pace.waitMs(0)).toBeCloseTo(2_000);
    expect(pace.rows).toBe(200);
  });

  test('reads one row at least', () => {
    const pace = new ScanPace(0.001);
    expect(pace.rows).toBe(1);
  });
});
