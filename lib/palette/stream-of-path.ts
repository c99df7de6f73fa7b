import { decodeSegment } from '#lib/streams/decode-segment.ts';

/** The stream whose page, or a page of what belongs to it, an address names; null for other pages. */
export function streamOfPath(
  path: string,
): { readonly connection: string; readonly streamName: string } | null {
  const [, connection, streamName] = /^\/streams\/([^/]+)\/([^/]+)(?:\/|$)/.exec(path) ?? [];
  return connection === undefined || streamName === undefined
    ? null
    : { connection: decodeSegment(connection), streamName: decodeSegment(streamName) };
}
