import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CLIENT_KINDS, type ClientKind } from './client-kind.ts';
import { UsageError } from './usage-error.ts';

/** Differences of kinesis-local, explained. */
const KNOWN_OF_KINESIS_LOCAL = fileURLToPath(
  new URL('../../docs/conformance/known-kinesis-local.json', import.meta.url),
);

export interface ConformanceOptions {
  /** An endpoint, or kinesis-local, which the suite then starts by itself. */
  readonly kinesis: string | 'kinesis-local';
  readonly cloudwatch: string | undefined;
  readonly dynamodb: string | undefined;
  readonly s3: string | undefined;
  readonly client: ClientKind;
  /** Part of a case's name, or a regular expression on it; any letter case. */
  readonly only: RegExp | undefined;
  /** The same, of cases that are left out. */
  readonly skip: RegExp | undefined;
  readonly json: string | undefined;
  /** The report for people. */
  readonly markdown: string | undefined;
  readonly known: string | undefined;
  readonly region: string;
  readonly deadlineSeconds: number;
  readonly concurrency: number;
}

export const USAGE = `npm run conformance -- --kinesis URL [options]
npm run conformance -- --kinesis-local [options]

Tries what AWS documents of Kinesis Data Streams against any endpoint, and tells what differs. It makes streams
named conformance-..., and deletes them again.

  --kinesis URL          the endpoint, e.g. http://127.0.0.1:4566
  --kinesis-local        the emulator of this name, started and stopped by the suite; by default with
                         --client http1 --known docs/conformance/known-kinesis-local.json
  --cloudwatch URL       also CloudWatch, and metrics that must equal what was sent
  --dynamodb URL         also what Kinesis clients need of DynamoDB
  --s3 URL               also what archives need of S3
  --client KIND          default (HTTP/2), http1, or cbor (as Java clients do)
  --only PATTERN         only cases whose name contains this (a regular expression, any letter case)
  --skip PATTERN         no cases whose name contains this
  --known FILE           differences that are explained, as JSON; they do not make the run fail
  --markdown FILE        the report for people: what differs, by the groups of --known
  --json FILE            the report as JSON
  --region NAME          us-east-1 where nothing is said
  --deadline SECONDS     for each case; 60 where nothing is said
  --concurrency N        cases at once; 8 where nothing is said

Exit code: 0 nothing differs but what is known, 1 something does, 2 wrong use or no answer.`;

/** @throws {UsageError} */
export function parseOptions(args: readonly string[]): ConformanceOptions {
  const values = parse(args);
  const local = values['kinesis-local'] === true;
  const { client = local ? 'http1' : 'default', only, skip } = values;
  if (local === (values.kinesis !== undefined)) {
    throw new UsageError(`It takes either --kinesis URL or --kinesis-local.\n\n${USAGE}`);
  }
  if (!isClientKind(client)) {
    throw new UsageError(`--client is one of ${CLIENT_KINDS.join(', ')}, not "${client}".`);
  }
  return {
    kinesis: values.kinesis === undefined ? 'kinesis-local' : url('kinesis', values.kinesis),
    cloudwatch: optionalUrl('cloudwatch', values.cloudwatch),
    dynamodb: optionalUrl('dynamodb', values.dynamodb),
    s3: optionalUrl('s3', values.s3),
    client,
    only: only === undefined ? undefined : pattern('only', only),
    skip: skip === undefined ? undefined : pattern('skip', skip),
    json: values.json,
    markdown: values.markdown,
    known: values.known ?? (local ? KNOWN_OF_KINESIS_LOCAL : undefined),
    region: values.region ?? 'us-east-1',
    deadlineSeconds: positive('deadline', values.deadline ?? '60'),
    concurrency: Math.ceil(positive('concurrency', values.concurrency ?? '8')),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        kinesis: text,
        cloudwatch: text,
        dynamodb: text,
        s3: text,
        client: text,
        only: text,
        skip: text,
        'kinesis-local': { type: 'boolean' },
        json: text,
        markdown: text,
        known: text,
        region: text,
        deadline: text,
        concurrency: text,
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function optionalUrl(name: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : url(name, value);
}

function url(name: string, value: string): string {
  if (URL.canParse(value) && /^https?:/.test(value)) return value;
  throw new UsageError(`--${name} wants a URL like http://127.0.0.1:4566, not "${value}".`);
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new UsageError(`--${name} wants a number above 0, not "${value}".`);
}

function pattern(name: string, value: string): RegExp {
  try {
    return new RegExp(value, 'i');
  } catch {
    throw new UsageError(`--${name} wants a regular expression, not "${value}".`);
  }
}

function isClientKind(value: string): value is ClientKind {
  return CLIENT_KINDS.some((kind) => kind === value);
}
