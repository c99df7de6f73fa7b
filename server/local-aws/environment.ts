/** Where the services of a running world are. */
export type WorldEndpoints = {
  readonly kinesis: string;
  readonly cloudwatch: string;
  readonly dynamodb: string;
  readonly s3: string;
  readonly sts: string;
  readonly firehose: string;
  readonly lambda: string;
  readonly admin: string;
};

/** The variables that point any AWS SDK or CLI at the world. */
export function sdkEnvironment(
  endpoints: WorldEndpoints,
  region: string,
): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_KINESIS: endpoints.kinesis,
    AWS_ENDPOINT_URL_CLOUDWATCH: endpoints.cloudwatch,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_STS: endpoints.sts,
    AWS_ENDPOINT_URL_FIREHOSE: endpoints.firehose,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
}

/** Lines for a shell: `eval "$(curl -s http://127.0.0.1:4570/env)"`. */
export function exportLines(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}=${value}\n`)
    .join('');
}
