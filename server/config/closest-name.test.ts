import { expect, test } from 'vitest';
import { closestName } from './closest-name.ts';

const NAMES = ['region', 'roleArn', 'readOnly', 'include'];

test.each([
  ['regoin', 'region'],
  ['role_arn', 'roleArn'],
  ['READONLY', 'readOnly'],
  ['includes', 'include'],
])('%s was meant to be %s', (typed, meant) => {
  expect(closestName(typed, NAMES)).toBe(meant);
});

test('suggests nothing for what is near to none', () => {
  expect(closestName('password', NAMES)).toBeNull();
  expect(closestName('x', [])).toBeNull();
});
