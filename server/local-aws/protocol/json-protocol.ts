import type { IncomingHttpHeaders } from 'node:http';
import { jsonCodec } from '#server/local-aws/wire/json-codec.ts';
import { AwsError } from './aws-error.ts';
import { MALFORMED, type Protocol } from './protocol.ts';

export type JsonProtocolOptions = {
  readonly version: '1.0' | '1.1';
  /** What `x-amz-target` begins with, its dot included. */
  readonly targetPrefix: string;
};

/** AWS JSON: `POST /` with the operation in `x-amz-target`; instants are seconds with a fraction. */
export function jsonProtocol({ version, targetPrefix }: JsonProtocolOptions): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  const targetOf = (headers: IncomingHttpHeaders) => String(headers['x-amz-target'] ?? '');
  return {
    matches: ({ headers }) => targetOf(headers).startsWith(targetPrefix),
    operationOf: ({ headers }) => targetOf(headers).slice(targetPrefix.length),
    decode: ({ body }) => parseJson(body),
    encode: (_operation, output) => ({ contentType, body: jsonCodec.encode(output) }),
    encodeError: (error) => ({
      contentType,
      headers: queryErrorHeader(error),
      body: jsonCodec.encode({ __type: error.names.type, message: error.message }),
    }),
  };
}

/** What clients of the query protocol knew an error by, for those that have moved on but look for it still. */
export function queryErrorHeader({ names, fault }: AwsError): Readonly<Record<string, string>> {
  return { 'x-amzn-query-error': `${names.queryCode};${fault}` };
}

/** @throws AwsError */
export function parseJson(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new AwsError(MALFORMED, `The body is not JSON: ${message}`);
  }
}
