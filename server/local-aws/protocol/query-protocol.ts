import type { WireValue } from '#server/local-aws/wire/wire-value.ts';
import type { Protocol } from './protocol.ts';
import { parseQuery, type QueryValue } from './query-tree.ts';
import { escapeXml, xmlMembers } from './xml.ts';

export type QueryProtocolOptions = {
  /** The API's version, which every request states. */
  readonly version: string;
  readonly xmlNamespace: string;
  /** Members that are maps from text to something; other structures have fixed members. */
  readonly maps?: ReadonlySet<string>;
  /** Gives the texts of a request the types that the operations expect. */
  readonly typed?: (input: QueryValue) => unknown;
};

const CONTENT_TYPE = 'text/xml';

/** AWS Query: a form with `Action` and `Version`, answered in XML. What the AWS CLI has spoken for long. */
export function queryProtocol(options: QueryProtocolOptions): Protocol {
  const { version, xmlNamespace, maps = new Set<string>(), typed = (input) => input } = options;
  const formOf = (body: Buffer) => new URLSearchParams(body.toString('utf8'));
  const metadata = (requestId: string) =>
    `<ResponseMetadata><RequestId>${escapeXml(requestId)}</RequestId></ResponseMetadata>`;
  return {
    matches: ({ headers, body }) =>
      String(headers['content-type']).startsWith('application/x-www-form-urlencoded') &&
      formOf(body).get('Version') === version,
    operationOf: ({ body }) => formOf(body).get('Action') ?? '',
    decode: ({ body }) => typed(parseQuery(formOf(body))),
    encode: (operation, output, requestId) => ({
      contentType: CONTENT_TYPE,
      body: [
        `<${operation}Response xmlns="${xmlNamespace}">`,
        resultOf(operation, output, maps),
        metadata(requestId),
        `</${operation}Response>`,
      ].join(''),
    }),
    encodeError: ({ names, fault, message }, requestId) => ({
      contentType: CONTENT_TYPE,
      body: [
        `<ErrorResponse xmlns="${xmlNamespace}"><Error><Type>${fault}</Type>`,
        `<Code>${escapeXml(names.queryCode)}</Code><Message>${escapeXml(message)}</Message></Error>`,
        `<RequestId>${escapeXml(requestId)}</RequestId></ErrorResponse>`,
      ].join(''),
    }),
  };
}

function resultOf(operation: string, output: WireValue, maps: ReadonlySet<string>): string {
  const members = xmlMembers(output, maps);
  return members === '' ? '' : `<${operation}Result>${members}</${operation}Result>`;
}
