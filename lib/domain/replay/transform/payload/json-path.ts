import type { JsonSpan } from '#lib/domain/replay/transform/split/json-bytes.ts';
import type { JsonText } from './json-text.ts';

/** One step into a record: the name of a member, or the place of an element, from 0. */
type PathStep = string | number;

/** Where in a record a value is, from the outside in; empty for the record itself. */
export type JsonPath = readonly PathStep[];

const STEP = /(?:^|\.)(?:([A-Za-z_][A-Za-z0-9_]*)|("(?:[^"\\]|\\.)*"))|\[(\d{1,9})\]/y;

/**
 * Reads a path: the part of JMESPath that names one value, which is names, quoted names and places in arrays.
 * @returns null where the text is not such a path
 * @example parseJsonPath('user.tags[0]."odd name"') // ['user', 'tags', 0, 'odd name']
 */
export function parseJsonPath(text: string): JsonPath | null {
  const steps: PathStep[] = [];
  let at = 0;
  while (at < text.length) {
    STEP.lastIndex = at;
    const [step = '', name, quoted, index] = STEP.exec(text) ?? [];
    if (step === '') return null;
    at += step.length;
    const read = index === undefined ? (name ?? unquoted(quoted ?? '')) : Number(index);
    if (read === null) return null;
    steps.push(read);
  }
  return steps.length === 0 ? null : steps;
}

function unquoted(text: string): string | null {
  try {
    const name: unknown = JSON.parse(text);
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}

/**
 * The value at `path` from another on, which is the whole text if not given; of members with one name the last, as JSON
 * parsers have it. null where there is none.
 * @param taken steps of the path that led to `from`
 */
export function valueAt(
  text: JsonText,
  path: JsonPath,
  from = text.root,
  taken = 0,
): JsonSpan | null {
  let value: JsonSpan | null = from;
  for (let i = taken; i < path.length; i += 1) {
    const step = path[i];
    if (value === null || step === undefined) return null;
    value = typeof step === 'number' ? elementOf(text, value, step) : memberOf(text, value, step);
  }
  return value;
}

function memberOf(text: JsonText, object: JsonSpan, name: string): JsonSpan | null {
  const utf8 = utf8Of(name);
  let found: JsonSpan | null = null;
  text.eachMember(object, (written, value) => {
    if (text.isNamed(written, name, utf8)) found = value;
  });
  return found;
}

/** Of names that were asked for last: a path is looked up in record after record. */
const UTF8_OF_NAMES = new Map<string, Uint8Array>();
const NAMES_MAX = 1_000;

function utf8Of(name: string): Uint8Array {
  const known = UTF8_OF_NAMES.get(name);
  if (known !== undefined) return known;
  if (UTF8_OF_NAMES.size === NAMES_MAX) UTF8_OF_NAMES.clear();
  const utf8 = new TextEncoder().encode(name);
  UTF8_OF_NAMES.set(name, utf8);
  return utf8;
}

function elementOf(text: JsonText, array: JsonSpan, index: number): JsonSpan | null {
  let found: JsonSpan | null = null;
  let count = 0;
  text.eachElement(array, (element) => {
    if (count === index) found = element;
    count += 1;
  });
  return found;
}
