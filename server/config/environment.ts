import type { ConnectionInput } from './connection-schema.ts';
import { splitPatterns } from './split-patterns.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that make a connection exist. Those of AWS alone do not: a shell that has AWS_PROFILE set gets the embedded world. */
export const CONNECTION_VARIABLES = [
  'KINETOSCOPE_CONNECTION_NAME',
  'KINETOSCOPE_REGION',
  'KINETOSCOPE_PROFILE',
  'KINETOSCOPE_ROLE_ARN',
  'KINETOSCOPE_EXTERNAL_ID',
  'KINETOSCOPE_ENDPOINT_KINESIS',
  'KINETOSCOPE_ENDPOINT_CLOUDWATCH',
  'KINETOSCOPE_ENDPOINT_DYNAMODB',
  'KINETOSCOPE_ENDPOINT_S3',
  'KINETOSCOPE_ENDPOINT_STS',
  'KINETOSCOPE_ENDPOINT_LAMBDA',
  'KINETOSCOPE_ENDPOINT_FIREHOSE',
  'KINETOSCOPE_INCLUDE',
  'KINETOSCOPE_EXCLUDE',
  'KINETOSCOPE_READ_ONLY',
  'KINETOSCOPE_BUDGET_DOLLARS_PER_DAY',
] as const;

type ConnectionVariable = (typeof CONNECTION_VARIABLES)[number];

/** Which variable a path of the connection's schema was read from, to name it in an error. */
const VARIABLE_OF: Readonly<Record<string, ConnectionVariable>> = {
  name: 'KINETOSCOPE_CONNECTION_NAME',
  region: 'KINETOSCOPE_REGION',
  profile: 'KINETOSCOPE_PROFILE',
  roleArn: 'KINETOSCOPE_ROLE_ARN',
  externalId: 'KINETOSCOPE_EXTERNAL_ID',
  'endpoints.kinesis': 'KINETOSCOPE_ENDPOINT_KINESIS',
  'endpoints.cloudwatch': 'KINETOSCOPE_ENDPOINT_CLOUDWATCH',
  'endpoints.dynamodb': 'KINETOSCOPE_ENDPOINT_DYNAMODB',
  'endpoints.s3': 'KINETOSCOPE_ENDPOINT_S3',
  'endpoints.sts': 'KINETOSCOPE_ENDPOINT_STS',
  'endpoints.lambda': 'KINETOSCOPE_ENDPOINT_LAMBDA',
  'endpoints.firehose': 'KINETOSCOPE_ENDPOINT_FIREHOSE',
  include: 'KINETOSCOPE_INCLUDE',
  exclude: 'KINETOSCOPE_EXCLUDE',
  readOnly: 'KINETOSCOPE_READ_ONLY',
  budgetDollarsPerDay: 'KINETOSCOPE_BUDGET_DOLLARS_PER_DAY',
};

export function variableOf(path: readonly PropertyKey[]): string | null {
  const [first, second] = path.map(String);
  if (first === undefined) return null;
  return VARIABLE_OF[`${first}.${second}`] ?? VARIABLE_OF[first] ?? null;
}

/**
 * The one connection that the environment describes, unchecked.
 * @returns null where no variable of CONNECTION_VARIABLES is set to something
 */
export function connectionFromEnvironment(env: Environment): Record<string, unknown> | null {
  const given = (name: ConnectionVariable) => env[name]?.trim() || undefined;
  if (CONNECTION_VARIABLES.every((name) => given(name) === undefined)) {
    return null;
  }
  const list = (text: string | undefined) => (text === undefined ? text : splitPatterns(text));
  const input: { [K in keyof ConnectionInput]: unknown } = {
    name: given('KINETOSCOPE_CONNECTION_NAME') ?? 'default',
    region: given('KINETOSCOPE_REGION') ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'],
    profile: given('KINETOSCOPE_PROFILE'),
    roleArn: given('KINETOSCOPE_ROLE_ARN'),
    externalId: given('KINETOSCOPE_EXTERNAL_ID'),
    endpoints: {
      kinesis: given('KINETOSCOPE_ENDPOINT_KINESIS'),
      cloudwatch: given('KINETOSCOPE_ENDPOINT_CLOUDWATCH'),
      dynamodb: given('KINETOSCOPE_ENDPOINT_DYNAMODB'),
      s3: given('KINETOSCOPE_ENDPOINT_S3'),
      sts: given('KINETOSCOPE_ENDPOINT_STS'),
      lambda: given('KINETOSCOPE_ENDPOINT_LAMBDA'),
      firehose: given('KINETOSCOPE_ENDPOINT_FIREHOSE'),
    },
    include: list(given('KINETOSCOPE_INCLUDE')),
    exclude: list(given('KINETOSCOPE_EXCLUDE')),
    readOnly: booleanOf(given('KINETOSCOPE_READ_ONLY')),
    budgetDollarsPerDay: numberOf(given('KINETOSCOPE_BUDGET_DOLLARS_PER_DAY')),
  };
  return input;
}

/** What is neither is passed on, for the schema to refuse. */
function booleanOf(text: string | undefined): boolean | string | undefined {
  if (text === undefined) return undefined;
  if (/^(?:1|true|yes|on)$/i.test(text)) return true;
  if (/^(?:0|false|no|off)$/i.test(text)) return false;
  return text;
}

/** What is no number, such as `none`, is passed on, for the schema to take or to refuse. */
function numberOf(text: string | undefined): number | string | undefined {
  return text === undefined || text === '' || Number.isNaN(Number(text)) ? text : Number(text);
}
