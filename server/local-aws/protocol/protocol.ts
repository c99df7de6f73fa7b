import type { IncomingHttpHeaders } from 'node:http';
import type { WireValue } from '#server/local-aws/wire/wire-value.ts';
import type { AwsError } from './aws-error.ts';

/** One HTTP request, read to its end. */
export type WireRequest = {
  readonly method: string;
  /** With the query, as it came. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type Encoded = {
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
};

/** A way to put operations, their input and their output into HTTP. */
export type Protocol = {
  /** Is the request written in this protocol, whatever it asks for? */
  matches(request: WireRequest): boolean;
  /** The operation's name; '' where the request names none. */
  operationOf(request: WireRequest): string;
  /** @throws AwsError for a body that cannot be read. */
  decode(request: WireRequest): unknown;
  encode(operation: string, output: WireValue, requestId: string): Encoded;
  encodeError(error: AwsError, requestId: string): Encoded;
};

/** A body that cannot be read as what it says it is. */
export const MALFORMED = {
  type: 'SerializationException',
  queryCode: 'MalformedInput',
  status: 400,
} as const;
