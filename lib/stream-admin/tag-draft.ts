import { tagFault, tagsFault } from '#lib/domain/stream-rules.ts';
import type { StreamTags } from '#lib/domain/stream-settings.ts';

/** A tag while it is written: keys may be empty or double for a while. `id` tells lines apart. */
export type TagLine = { readonly id: number; readonly key: string; readonly value: string };

export function linesOf(tags: StreamTags): readonly TagLine[] {
  return Object.entries(tags).map(([key, value], id) => ({ id, key, value }));
}

/** A line more, with an id that none of them has. */
export function withEmptyLine(lines: readonly TagLine[]): readonly TagLine[] {
  const id = lines.reduce((highest, line) => Math.max(highest, line.id), -1) + 1;
  return [...lines, { id, key: '', value: '' }];
}

/** What is wrong with each line, by id; lines that are wholly empty are left out of the tags and are not wrong. */
export function lineFaults(lines: readonly TagLine[]): ReadonlyMap<number, string> {
  const seen = new Set<string>();
  const faults = new Map<number, string>();
  for (const { id, key, value } of lines) {
    if (key === '' && value === '') continue;
    const fault = seen.has(key) ? 'This key stands here twice.' : tagFault(key, value);
    if (fault !== null) faults.set(id, fault);
    seen.add(key);
  }
  return faults;
}

/** What is wrong with them together, where each one is right. */
export function tagsFaultOf(lines: readonly TagLine[]): string | null {
  return tagsFault(tagsOf(lines));
}

export function tagsOf(lines: readonly TagLine[]): StreamTags {
  return Object.fromEntries(
    lines.flatMap(({ key, value }) => (key === '' && value === '' ? [] : [[key, value]])),
  );
}
