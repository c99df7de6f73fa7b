import { expect, test } from 'vitest';
import { UTC } from '#lib/format/time.ts';
import { rowStatus, sourceWords, windowWords } from './run-row.ts';

const failure = { kind: 'refused', words: 'The target is not ACTIVE.' };

test('a draft whose plan was refused is to be looked at', () => {
  expect(rowStatus({ state: 'draft', failure: null })).toMatchObject({
    word: 'Draft',
    level: null,
  });
  expect(rowStatus({ state: 'draft', failure })).toEqual({
    word: 'Draft, plan refused',
    level: 'warning',
    words: failure.words,
  });
});

test('what has stopped needs somebody, and no less for having a reason', () => {
  expect(rowStatus({ state: 'failed', failure }).level).toBe('critical');
});

test('a source is an address, a quarantine, or nothing yet', () => {
  const source = { bucket: 'archive', prefix: 'tweets/' };
  expect(sourceWords({ source, quarantineOf: null })).toBe('s3://archive/tweets/');
  expect(sourceWords({ source: null, quarantineOf: 3 })).toBe('the quarantine of replay 3');
  expect(sourceWords({ source: null, quarantineOf: null })).toBeNull();
});

test('a window names its zone once; without one it is all, where there is an archive', () => {
  const source = { bucket: 'archive', prefix: '' };
  expect(windowWords({ window: { fromMs: 0, toMs: 59_999 }, source }, UTC)).toBe(
    '1970-01-01 00:00:00 to 1970-01-01 00:01:00 UTC',
  );
  expect(windowWords({ window: null, source }, UTC)).toBe('all of its time');
  expect(windowWords({ window: null, source: null }, UTC)).toBe('');
});
