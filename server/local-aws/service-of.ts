import type { IncomingHttpHeaders } from 'node:http';

export type ServiceName = 'kinesis' | 'cloudwatch' | 'sts' | 'firehose' | 'lambda';

/** What `x-amz-target` begins with, by service. */
const TARGETS: readonly (readonly [prefix: string, service: ServiceName])[] = [
  ['Kinesis_20131202.', 'kinesis'],
  ['GraniteServiceVersion20100801.', 'cloudwatch'],
  ['Firehose_20150804.', 'firehose'],
];

/** What paths begin with; Lambda's REST API puts a version in front of each. */
const PATHS: readonly (readonly [pattern: RegExp, service: ServiceName])[] = [
  [/^\/service\/GraniteServiceVersion20100801\//, 'cloudwatch'],
  [/^\/20\d\d-\d\d-\d\d\//, 'lambda'],
];

/** Names that services have in signatures: the only sign of those that speak the query protocol. */
const SIGNING_NAMES: Readonly<Record<string, ServiceName>> = {
  kinesis: 'kinesis',
  monitoring: 'cloudwatch',
  sts: 'sts',
  firehose: 'firehose',
  lambda: 'lambda',
};

type Request = { readonly headers: IncomingHttpHeaders; readonly url?: string | undefined };

/** Which service a request is for: by its target, its path or its signature; Kinesis where nothing says so. */
export function serviceOf({ headers, url = '' }: Request): ServiceName {
  const target = String(headers['x-amz-target'] ?? '');
  const scope = /Credential=[^/,\s]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(
    headers.authorization ?? '',
  );
  return (
    TARGETS.find(([prefix]) => target.startsWith(prefix))?.[1] ??
    PATHS.find(([pattern]) => pattern.test(url))?.[1] ??
    SIGNING_NAMES[scope?.[1] ?? ''] ??
    'kinesis'
  );
}
