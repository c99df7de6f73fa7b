import { expect, test } from 'vitest';
import { policyStatement } from './policy-statement.ts';

const ARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders';

test.each([
  ['kinesis:DescribeStreamSummary', ARN, ARN],
  ['kinesis:DescribeStreamSummary', null, '*'],
  ['kinesis:ListStreams', ARN, '*'],
  ['cloudwatch:GetMetricData', ARN, '*'],
  ['kms:GenerateDataKey', ARN, '*'],
])('%s on %s is allowed on %s', (action, streamArn, resource) => {
  expect(JSON.parse(policyStatement(action, streamArn))).toEqual({
    Effect: 'Allow',
    Action: [action],
    Resource: resource,
  });
});
