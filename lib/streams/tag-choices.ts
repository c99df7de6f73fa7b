import type { TagsByStream } from './stream-tags.ts';

/** A key that streams are tagged with, and the values that it has. */
export type TagChoice = {
  readonly key: string;
  /** Streams that have the key. */
  readonly streams: number;
  /** Streams whose tags are known and that have not. */
  readonly streamsWithout: number;
  /** Most frequent first. */
  readonly values: readonly { readonly value: string; readonly streams: number }[];
};

/** The tags there are, keys in the order of the alphabet. */
export function tagChoices(tags: TagsByStream): readonly TagChoice[] {
  const keys = new Map<string, Map<string, number>>();
  for (const known of tags.values()) {
    for (const [key, value] of Object.entries(known.tags)) {
      const values = keys.get(key) ?? new Map<string, number>();
      values.set(value, (values.get(value) ?? 0) + 1);
      keys.set(key, values);
    }
  }
  return [...keys]
    .map(([key, counts]): TagChoice => {
      const streams = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const values = [...counts]
        .map(([value, count]) => ({ value, streams: count }))
        .sort((a, b) => b.streams - a.streams || compare(a.value, b.value));
      return { key, streams, streamsWithout: tags.size - streams, values };
    })
    .sort((a, b) => compare(a.key, b.key));
}

/** Those in whose key or values `text` occurs; of a key that it does not occur in, only the values that it does. */
export function findChoices(choices: readonly TagChoice[], text: string): readonly TagChoice[] {
  const wanted = text.trim().toLowerCase();
  const has = (candidate: string) => candidate.toLowerCase().includes(wanted);
  return choices.flatMap((choice) => {
    if (has(choice.key)) return [choice];
    const values = choice.values.filter(({ value }) => has(value));
    return values.length === 0 ? [] : [{ ...choice, values }];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
