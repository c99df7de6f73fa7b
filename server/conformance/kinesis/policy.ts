/** A resource policy that lets the owner's own account read; as JSON. */
export function readingPolicy(arn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadByTheOwner',
        Effect: 'Allow',
        Principal: { AWS: accountOf(arn) },
        Action: ['kinesis:DescribeStreamSummary', 'kinesis:ListShards'],
        Resource: arn,
      },
    ],
  });
}

/** The account of an ARN. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
