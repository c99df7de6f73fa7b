import { expect, test } from 'vitest';
import { type KnownDifferences, markKnown, staleEntries } from './known.ts';
import type { Result, Verdict } from './result.ts';

function result(name: string, verdict: Verdict): Result {
  return {
    name,
    operation: 'ListStreams',
    behaviour: 'paging',
    expected: '',
    source: { url: '', quote: '' },
    seen: '',
    verdict,
    seconds: 0,
  };
}

const KNOWN: KnownDifferences = {
  groups: [{ title: 't', fault: 'f', why: 'w', cases: ['a', 'b'] }],
};

test('differences and errors that are listed are known, others stay', () => {
  const marked = markKnown(
    [result('a', 'differs'), result('b', 'error'), result('c', 'differs'), result('d', 'same')],
    KNOWN,
  );
  expect(marked.map(({ verdict }) => verdict)).toEqual(['known', 'known', 'differs', 'same']);
});

test('an entry is stale once its case agrees, or is no more', () => {
  const results = [result('a', 'same')];
  expect(staleEntries(results, KNOWN, new Set(['a', 'b']))).toEqual(['a']);
  expect(staleEntries(results, KNOWN, new Set(['a']))).toEqual(['a', 'b']);
});

test('a case that this run left out or could not try says nothing of its entry', () => {
  expect(staleEntries([result('a', 'not-applicable')], KNOWN, new Set(['a', 'b']))).toEqual([]);
});
