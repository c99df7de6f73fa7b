import type { StreamTags } from '#lib/domain/stream-settings.ts';

/** One condition on tags, as it is typed: `tag:team=shop`, `tag:team` or, for the contrary, `-tag:team=shop`. */
export type TagTerm = {
  readonly key: string;
  /** null: whatever it is. */
  readonly value: string | null;
  /** The stream must not have it. */
  readonly without: boolean;
};

/** What a search asks for: words that occur, and conditions on tags. */
export type SearchQuery = { readonly words: string; readonly tags: readonly TagTerm[] };

/** `-`, `tag:`, a key and perhaps `=` and a value; what holds spaces, `=` or quotes stands in quotes. */
const TERM =
  /(?<=^|\s)(-?)tag:("(?:[^"\\]|\\.)*"|[^\s="]+)(?:=("(?:[^"\\]|\\.)*"|[^\s"]*))?(?=\s|$)/giu;

/**
 * Reads a search as it is typed. What is not a whole condition yet (`tag:`) is a word like others.
 * @example parseSearch('orders tag:team=shop') -> words 'orders', one term
 */
export function parseSearch(search: string): SearchQuery {
  const tags: TagTerm[] = [];
  const words = search.replace(TERM, (_whole, minus: string, key: string, value?: string) => {
    tags.push({
      key: unquote(key),
      value: value === undefined || value === '' ? null : unquote(value),
      without: minus !== '',
    });
    return ' ';
  });
  return { words: words.trim().replace(/\s+/gu, ' '), tags };
}

/** The condition as it would be typed: `parseSearch` reads it back. */
export function formatTerm({ key, value, without }: TagTerm): string {
  const end = value === null ? '' : `=${quote(value)}`;
  return `${without ? '-' : ''}tag:${quote(key)}${end}`;
}

/** The search with the condition added, or taken out where it stands there. */
export function toggleTerm(search: string, term: TagTerm): string {
  const { words, tags } = parseSearch(search);
  const others = tags.filter((other) => !sameTerm(other, term));
  const terms = others.length < tags.length ? others : [...tags, term];
  return [words, ...terms.map(formatTerm)].filter((part) => part !== '').join(' ');
}

export function sameTerm(a: TagTerm, b: TagTerm): boolean {
  return (
    a.without === b.without &&
    same(a.key, b.key) &&
    (a.value === null || b.value === null ? a.value === b.value : same(a.value, b.value))
  );
}

/**
 * Whether a stream is one that is asked for: of each key that is named it has one of the values named, and nothing
 * that it must be without. Whatever the case, as it is searched and not compared.
 * @param tags null: they are not known, so that nothing can be said of the stream: it is found by no condition
 */
export function matchesTags(tags: StreamTags | null, terms: readonly TagTerm[]): boolean {
  if (terms.length === 0) return true;
  if (tags === null) return false;
  const has = ({ key, value }: TagTerm) =>
    Object.entries(tags).some(
      ([ownKey, ownValue]) => same(ownKey, key) && (value === null || same(ownValue, value)),
    );
  if (terms.some((term) => term.without && has(term))) return false;
  const wanted = Map.groupBy(
    terms.filter(({ without }) => !without),
    ({ key }) => key.toLowerCase(),
  );
  return [...wanted.values()].every((alternatives) => alternatives.some(has));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function quote(text: string): string {
  return text === '' || /[\s="\\]/u.test(text) ? `"${text.replace(/["\\]/gu, '\\$&')}"` : text;
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gu, '$1') : text;
}
