import { parseJson } from '#server/local-aws/protocol/json-protocol.ts';
import type { Protocol, WireRequest } from '#server/local-aws/protocol/protocol.ts';
import { jsonCodec } from '#server/local-aws/wire/json-codec.ts';
import { matchRoute } from './routes.ts';

const CONTENT_TYPE = 'application/json';

/** AWS REST JSON: the operation is in method and path, its input in path, query and body. */
export const restProtocol: Protocol = {
  matches: () => true,
  operationOf: (request) => routeOf(request)?.operation ?? '',
  decode: (request) => ({
    ...Object.fromEntries(queryOf(request)),
    ...routeOf(request)?.parameters,
    ...bodyOf(request),
  }),
  encode: (_operation, output) => ({ contentType: CONTENT_TYPE, body: jsonCodec.encode(output) }),
  encodeError: ({ names, fault, message }) => ({
    contentType: CONTENT_TYPE,
    headers: { 'x-amzn-errortype': names.type },
    body: jsonCodec.encode({ Type: fault === 'Sender' ? 'User' : 'Service', Message: message }),
  }),
};

function routeOf({ method, url }: WireRequest) {
  return matchRoute(method, url.split('?', 1)[0] ?? '');
}

function queryOf({ url }: WireRequest): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
}

function bodyOf({ body }: WireRequest): object {
  const parsed = parseJson(body);
  return typeof parsed === 'object' && parsed !== null ? parsed : {};
}
