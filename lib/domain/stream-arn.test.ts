import { expect, test } from 'vitest';
import { parseStreamArn } from './stream-arn.ts';

test('an ARN of a stream says region, account and name', () => {
  expect(parseStreamArn('arn:aws-cn:kinesis:cn-north-1:123456789012:stream/a.b_c-d')).toEqual({
    region: 'cn-north-1',
    accountId: '123456789012',
    streamName: 'a.b_c-d',
  });
});

test.each([
  '',
  'orders',
  'arn:aws:kinesis:eu-west-1:12345:stream/orders',
  'arn:aws:kinesis:eu-west-1:123456789012:stream/',
  'arn:aws:kinesis:eu-west-1:123456789012:stream/orders/consumer/reports:1',
  'arn:aws:sqs:eu-west-1:123456789012:stream/orders',
])('%s is none', (text) => {
  expect(parseStreamArn(text)).toBeNull();
});
