/** Actions that IAM grants for an account as a whole (Service Authorization Reference: Kinesis, CloudWatch, STS). */
const WITHOUT_RESOURCE = new Set([
  'kinesis:ListStreams',
  'kinesis:DescribeLimits',
  'kinesis:DescribeAccountSettings',
  'cloudwatch:GetMetricData',
  'cloudwatch:ListMetrics',
]);

/**
 * The statement to add to a policy so that `action` is allowed, as IAM takes it.
 * @param streamArn the stream that it was denied for; null: any
 */
export function policyStatement(action: string, streamArn: string | null): string {
  return JSON.stringify(
    { Effect: 'Allow', Action: [action], Resource: resourceOf(action, streamArn) },
    null,
    2,
  );
}

function resourceOf(action: string, streamArn: string | null): string {
  if (WITHOUT_RESOURCE.has(action) || streamArn === null) return '*';
  const service = action.slice(0, action.indexOf(':'));
  // Of a key or a role only who runs the account knows which one it is.
  if (service !== 'kinesis') return '*';
  return streamArn;
}
