/** What stands in one place between slashes of an object's key; `hole` null where all of it is written out. */
type Segment = {
  readonly before: string;
  readonly after: string;
  readonly hole: 'key' | 'any' | null;
};

/** How objects are named, with the partition key in their names. */
export type KeyTemplate = {
  readonly segments: readonly Segment[];
  /** Anything may follow, slashes included. */
  readonly isOpen: boolean;
};

const HOLE = /\{(key|\*)\}/;

/**
 * Reads a template: `{key}` stands for the partition key, `{*}` for anything, each within one part between slashes,
 * `{**}` at the end for the rest. No regular expression: nobody's pattern can take long.
 * @returns null where it has not exactly one `{key}`, or two holes in one part
 * @example parseKeyTemplate('raw/topic={key}/{*}/{**}')
 */
export function parseKeyTemplate(text: string): KeyTemplate | null {
  const parts = text.split('/');
  const isOpen = parts.at(-1) === '{**}';
  const segments = (isOpen ? parts.slice(0, -1) : parts).map(segmentOf);
  if (
    segments.some(({ before, after }) => HOLE.test(after) || `${before}${after}`.includes('{**}'))
  ) {
    return null;
  }
  return segments.filter(({ hole }) => hole === 'key').length === 1 ? { segments, isOpen } : null;
}

function segmentOf(part: string): Segment {
  const match = HOLE.exec(part);
  if (match === null) return { before: part, after: '', hole: null };
  return {
    before: part.slice(0, match.index),
    after: part.slice(match.index + match[0].length),
    hole: match[1] === 'key' ? 'key' : 'any',
  };
}

/** What stands for `{key}` in an object's key; null where the object is not named so. */
export function keyInObjectKey(template: KeyTemplate, objectKey: string): string | null {
  const parts = objectKey.split('/');
  const { segments, isOpen } = template;
  if (isOpen ? parts.length <= segments.length : parts.length !== segments.length) return null;
  let key: string | null = null;
  for (const [i, segment] of segments.entries()) {
    const filling = fillingOf(segment, parts[i] ?? '');
    if (filling === null) return null;
    if (segment.hole === 'key') key = filling;
  }
  return key;
}

function fillingOf({ before, after, hole }: Segment, part: string): string | null {
  if (hole === null) return part === before ? '' : null;
  if (part.length < before.length + after.length) return null;
  if (!part.startsWith(before) || !part.endsWith(after)) return null;
  return part.slice(before.length, part.length - after.length);
}
