import { decodeSegment } from '#lib/streams/decode-segment.ts';

/** The stream that the address of a page names; null for other pages. */
export function streamOfPath(
  path: string,
): { readonly connection: string; readonly streamName: string } | null {
  const [, connection, streamName] = /^\/streams\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? [];
  return connection === undefined || streamName === undefined
    ? null
    : { connection: decodeSegment(connection), streamName: decodeSegment(streamName) };
}
