import type { JsonSpan } from '#lib/domain/replay/transform/split/json-bytes.ts';
import { type JsonPath, valueAt } from './json-path.ts';
import type { JsonText } from './json-text.ts';

type Wanted<Name> = {
  readonly name: Name;
  /** The path's first step as most writers write it, without quotes. */
  readonly first: Uint8Array;
  readonly firstText: string;
  readonly rest: JsonPath;
};

/** Finds several values of each of many objects, in one pass over an object's members. */
export class MemberReader<Name extends string> {
  readonly #wanted: readonly Wanted<Name>[];

  /** @param paths that begin with a name; null for what is not wanted */
  constructor(paths: Readonly<Record<Name, JsonPath | null>>) {
    this.#wanted = Object.entries<JsonPath | null>(paths).flatMap(([name, path]) => {
      const [first, ...rest] = path ?? [];
      if (typeof first !== 'string') return [];
      return [
        { name: name as Name, first: new TextEncoder().encode(first), firstText: first, rest },
      ];
    });
  }

  /** What was found of them, a value that is null being none; null where the text is not one whole object. */
  read(text: JsonText): ReadonlyMap<Name, JsonSpan> | null {
    const { isWhole, found } = this.#find(text);
    return isWhole ? found : null;
  }

  /** As `read`, of an object that may break off: what stands before that. */
  readBeginning(text: JsonText): ReadonlyMap<Name, JsonSpan> {
    return this.#find(text).found;
  }

  #find(text: JsonText): { readonly isWhole: boolean; readonly found: Map<Name, JsonSpan> } {
    const spans = new Map<Wanted<Name>, JsonSpan>();
    const isWhole = text.eachMember(text.root, (name, value) => {
      for (const wanted of this.#wanted) {
        if (text.isNamed(name, wanted.firstText, wanted.first)) spans.set(wanted, value);
      }
    });
    const found = new Map<Name, JsonSpan>();
    for (const [wanted, span] of spans) {
      const value = valueAt(text, wanted.rest, span);
      if (value !== null && !text.isNull(value)) found.set(wanted.name, value);
    }
    return { isWhole, found };
  }
}
