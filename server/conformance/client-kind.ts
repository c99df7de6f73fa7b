/**
 * How the suite speaks to Kinesis:
 * - default: the SDK as it comes (JSON 1.1 over HTTP/2)
 * - http1: the SDK over HTTP/1.1
 * - cbor: the SDK's models over CBOR 1.1 and HTTP/1.1, as the Java SDK sends it
 */
export const CLIENT_KINDS = ['default', 'http1', 'cbor'] as const;

export type ClientKind = (typeof CLIENT_KINDS)[number];
