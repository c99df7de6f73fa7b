import { expect, test } from 'vitest';
import { CASES } from './cases/index.ts';
import { findGaps, operationsOfKinesis } from './coverage.ts';

test('each operation of the installed SDK is tried in each behaviour that it has', () => {
  const operations = operationsOfKinesis();
  expect(operations.length).toBeGreaterThanOrEqual(45);
  expect(findGaps(operations, CASES)).toEqual({ missing: [], contradicted: [], unknown: [] });
});

test('an operation that a new SDK brings is a gap', () => {
  expect(findGaps(['ExplainStream'], CASES).missing).toContain('ExplainStream / success');
});

test('names of cases are unique, so that lists of known differences mean one case each', () => {
  const names = CASES.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('each case says where its expectation comes from', () => {
  for (const { name, source } of CASES) {
    expect(URL.canParse(source.url), name).toBe(true);
    expect(source.quote.length, name).toBeGreaterThan(10);
    expect(name).toMatch(/^\S.* \/ \S/);
  }
});
