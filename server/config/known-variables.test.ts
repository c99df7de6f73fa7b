import { expect, test } from 'vitest';
import { unknownVariables } from './known-variables.ts';

test('a misspelt variable is told with the one that was meant', () => {
  expect(
    unknownVariables({ KINETOSCOPE_REIGON: 'eu-central-1', KINETOSCOPE_ENDPOINT_KINESYS: '' }),
  ).toEqual([
    'KINETOSCOPE_ENDPOINT_KINESYS: unknown variable. Did you mean KINETOSCOPE_ENDPOINT_KINESIS?',
    'KINETOSCOPE_REIGON: unknown variable. Did you mean KINETOSCOPE_REGION?',
  ]);
});

test('one that is near to none is told with all that there are', () => {
  expect(unknownVariables({ KINETOSCOPE_COLOUR: 'blue' })).toEqual([
    expect.stringMatching(/^KINETOSCOPE_COLOUR: unknown variable\. Known are .*KINETOSCOPE_STATE/),
  ]);
});

test('what is read, and what is not ours, is nothing to tell of', () => {
  const env = { KINETOSCOPE_REGION: 'us-east-1', KINETOSCOPE_STATE: '/tmp', AWS_REGIN: 'x' };
  expect(unknownVariables(env)).toEqual([]);
});
