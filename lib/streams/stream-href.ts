/** The address of a stream's page. Both parts may hold any character. */
export function streamHref(connection: string, streamName: string): `/streams/${string}` {
  return `/streams/${encodeURIComponent(connection)}/${encodeURIComponent(streamName)}`;
}
