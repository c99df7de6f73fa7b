import type { StreamRow } from '#lib/live/stream-row.ts';

/**
 * Does a row match a search? Each word must occur in its name, connection, status, mode or ARN, whatever
 * the case. An empty search matches all.
 */
export function matchesSearch(row: StreamRow, search: string): boolean {
  return matchesWords(
    [row.streamName, row.connection, row.status, modeWord(row.mode), row.streamArn],
    search,
  );
}

/** Does each word of a search occur in these texts, whatever the case? */
export function matchesWords(texts: readonly string[], search: string): boolean {
  const text = texts.join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function modeWord(mode: StreamRow['mode']): string {
  return mode === 'ON_DEMAND' ? 'on-demand' : 'provisioned';
}
