import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const LIST = readFileSync(join(import.meta.dirname, 'replay-invariants.md'), 'utf8');

/** A row that names a file of tests in its last cell but one, and the test's title in the last. */
const ROW = /^\|(?<what>.*)\| `(?<file>[^`|]+\.test\.ts)` \| (?<title>[^|]+) \|$/;

const rows = LIST.split('\n').flatMap((line) => ROW.exec(line)?.groups ?? []);

describe('the list of what a replay promises', () => {
  it('names tests that are there', () => {
    const missing = rows.filter(({ file = '', title = '' }) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      return !["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote}`));
    });
    expect(missing).toEqual([]);
  });

  it('has all invariants, and a test in each of its rows', () => {
    const numbers = rows.flatMap(({ what = '' }) => /^ (\d+) \|/.exec(what)?.[1] ?? []);
    expect([...new Set(numbers.map(Number))]).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
    const tableRows = LIST.split('\n').filter(
      (line) => line.startsWith('| ') && !/^\| (-|\| promise|fault \|)/.test(line),
    );
    expect(rows).toHaveLength(tableRows.length);
  });
});
