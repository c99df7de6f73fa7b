/** Sorts behind everything that begins like it. */
const HIGHEST = '\u{10FFFF}';

type Question = {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly maxKeys: number;
  /** Nothing up to it; empty: from the beginning. */
  readonly startAfter: string;
};

type Answer = {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
};

/**
 * A map of objects that knows its keys in the order in which S3 lists them, which is that of their UTF-8
 * (API reference, ListObjectsV2). A page costs what it holds, however many objects there are.
 */
export class OrderedObjects<T> extends Map<string, T> {
  #sorted: string[] = [];
  #isSorted = true;

  override set(key: string, value: T): this {
    if (!this.has(key)) {
      const last = this.#sorted.at(-1);
      this.#isSorted &&= last === undefined || compareKeys(last, key) < 0;
      this.#sorted.push(key);
    }
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    const isGone = super.delete(key);
    // The oldest is the first, mostly.
    if (isGone) this.#sorted.splice(this.#sorted.indexOf(key), 1);
    return isGone;
  }

  override clear(): void {
    this.#sorted = [];
    this.#isSorted = true;
    super.clear();
  }

  list({ prefix, delimiter, maxKeys, startAfter }: Question): Answer {
    if (!this.#isSorted) {
      this.#sorted.sort(compareKeys);
      this.#isSorted = true;
    }
    const keys: string[] = [];
    const commonPrefixes: string[] = [];
    let at = Math.max(this.#placeOf(prefix), this.#placeBehind(startAfter));
    for (;;) {
      const key = this.#sorted[at];
      if (key === undefined || !key.startsWith(prefix)) break;
      const folder = folderOf(key, prefix, delimiter);
      if (folder !== null && compareKeys(folder, startAfter) <= 0) {
        at = this.#placeOf(folder + HIGHEST);
        continue;
      }
      if (keys.length + commonPrefixes.length === maxKeys) {
        return { keys, commonPrefixes, isTruncated: true };
      }
      if (folder === null) keys.push(key);
      else commonPrefixes.push(folder);
      at = folder === null ? at + 1 : this.#placeOf(folder + HIGHEST);
    }
    return { keys, commonPrefixes, isTruncated: false };
  }

  /** Of the first key that is not before `key`. */
  #placeOf(key: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(this.#sorted[middle] ?? '', key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #placeBehind(key: string): number {
    if (key === '') return 0;
    const place = this.#placeOf(key);
    return this.#sorted[place] === key ? place + 1 : place;
  }
}

function folderOf(key: string, prefix: string, delimiter: string | undefined): string | null {
  if (delimiter === undefined || delimiter === '') return null;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? null : key.slice(0, end + delimiter.length);
}

const SURROGATE = /[\ud800-\udfff]/;

/** As UTF-8 sorts: as UTF-16 does, but for what is beyond its first plane. */
export function compareKeys(one: string, other: string): number {
  if (SURROGATE.test(one) || SURROGATE.test(other)) {
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  }
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
