import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addTallies,
  readSuiteTally,
  tallyOfCheck,
  tallyOfPlaywright,
  tallyOfVitest,
} from './test-tally.ts';

it('counts a check as one test', () => {
  expect(tallyOfCheck(0)).toEqual({ passed: 1, failed: 0 });
  expect(tallyOfCheck(2)).toEqual({ passed: 0, failed: 1 });
});

it('counts a flaky test as failed', () => {
  const stats = { expected: 5, unexpected: 2, flaky: 1, skipped: 9 };
  expect(tallyOfPlaywright({ stats })).toEqual({ passed: 5, failed: 3 });
});

it('adds', () => {
  expect(addTallies([])).toEqual({ passed: 0, failed: 0 });
  expect(
    addTallies([
      { passed: 2, failed: 1 },
      { passed: 3, failed: 4 },
    ]),
  ).toEqual({ passed: 5, failed: 5 });
});

describe('readSuiteTally', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinetoscope-tally-'));
    file = join(folder, 'report.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the counts of the report', async () => {
    await writeFile(file, JSON.stringify({ numPassedTests: 7, numFailedTests: 2 }));
    expect(await readSuiteTally(file, 1, tallyOfVitest)).toEqual({ passed: 7, failed: 2 });
  });

  it('counts a failure outside of the tests', async () => {
    await writeFile(file, JSON.stringify({ numPassedTests: 7, numFailedTests: 0 }));
    expect(await readSuiteTally(file, 1, tallyOfVitest)).toEqual({ passed: 7, failed: 1 });
    expect(await readSuiteTally(file, 0, tallyOfVitest)).toEqual({ passed: 7, failed: 0 });
  });

  it('counts a missing or unreadable report as a failure, whatever the exit code says', async () => {
    expect(await readSuiteTally(file, 0, tallyOfVitest)).toEqual({ passed: 0, failed: 1 });
    await writeFile(file, '{"stats":{');
    expect(await readSuiteTally(file, 0, tallyOfPlaywright)).toEqual({ passed: 0, failed: 1 });
  });
});
