import { PALETTE_GROUPS, type PaletteEntry, type PaletteGroup } from './palette-entry.ts';

export type FoundGroup = {
  readonly group: PaletteGroup;
  readonly entries: readonly PaletteEntry[];
};

/** Entries that are shown of each group: the list is not virtualised. */
const SHOWN_MAX = 12;

/**
 * What matches a query, by group, best first: all of its words have to be in the label, or in the other words that
 * find an entry. A label that begins with the query goes before one in which a word does.
 * @param typed entries that the query itself makes: they match as they are
 */
export function findEntries(
  entries: readonly PaletteEntry[],
  typed: readonly PaletteEntry[],
  query: string,
): readonly FoundGroup[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const ranked = entries
    .map((entry, at) => ({ entry, at, rank: rankOf(entry, words) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.at - b.at)
    .map(({ entry }) => entry);
  const all = [...typed, ...ranked];
  return PALETTE_GROUPS.map((group) => ({
    group,
    entries: all.filter((entry) => entry.group === group).slice(0, SHOWN_MAX),
  })).filter(({ entries: some }) => some.length > 0);
}

/** 0 for the best; null where an entry does not match. */
function rankOf(
  { label, keywords, detail }: PaletteEntry,
  words: readonly string[],
): number | null {
  const name = label.toLowerCase();
  const others = `${keywords} ${detail}`.toLowerCase();
  if (!words.every((word) => name.includes(word) || others.includes(word))) return null;
  const [first] = words;
  if (first === undefined || name.startsWith(first)) return 0;
  if (name.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(first))) return 1;
  return name.includes(first) ? 2 : 3;
}
