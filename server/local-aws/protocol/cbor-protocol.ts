import { readCbor, writeCbor } from '#server/local-aws/wire/cbor-tree.ts';
import { AwsError } from './aws-error.ts';
import { queryErrorHeader } from './json-protocol.ts';
import { type Encoded, MALFORMED, type Protocol } from './protocol.ts';

const PROTOCOL = 'rpc-v2-cbor';
const CONTENT_TYPE = 'application/cbor';

/** Unlike AWS CBOR 1.1, this protocol counts instants in seconds, as the tag's standard says. */
const MS_PER_UNIT = 1_000;

/**
 * Smithy RPC v2 CBOR: the operation is in the path, instants are tag 1 in seconds.
 * Source: the Smithy 2.0 specification, "Smithy RPC v2 CBOR protocol".
 */
export function cborProtocol(serviceName: string): Protocol {
  const path = `/service/${serviceName}/operation/`;
  return {
    matches: ({ headers, url }) =>
      headers['smithy-protocol'] === PROTOCOL && pathOf(url).startsWith(path),
    operationOf: ({ url }) => pathOf(url).slice(path.length),
    decode({ body }) {
      try {
        return body.length === 0 ? {} : readCbor(body, MS_PER_UNIT);
      } catch {
        // By whichever kind of error: what is wrong lies in the body.
        throw new AwsError(MALFORMED, 'The body is not CBOR.');
      }
    },
    encode: (_operation, output) => encoded(writeCbor(output, MS_PER_UNIT)),
    encodeError: (error) => ({
      ...encoded(writeCbor({ __type: error.names.type, message: error.message }, MS_PER_UNIT)),
      headers: { 'smithy-protocol': PROTOCOL, ...queryErrorHeader(error) },
    }),
  };
}

function encoded(body: Buffer): Encoded {
  return { contentType: CONTENT_TYPE, headers: { 'smithy-protocol': PROTOCOL }, body };
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
