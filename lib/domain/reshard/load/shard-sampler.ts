import type { HashKey } from '#lib/domain/hash-key.ts';
import { type HashRange, rangeContains, rangeWidth } from '#lib/domain/hash-range.ts';
import { SpaceSaving } from './space-saving.ts';

/** A record that was read: the hash of its partition key, and its size with the key, as limits count it. */
export type SampledRecord = {
  readonly partitionKey: string;
  readonly hashKey: HashKey;
  readonly bytes: number;
};

/** A key that takes a good part of what was sampled. Shares are of all that was sampled, 0 .. 1. */
export type TopKey = {
  readonly partitionKey: string;
  readonly hashKey: HashKey;
  /** What it takes at least and at most of the bytes. */
  readonly bytesShareMin: number;
  readonly bytesShareMax: number;
  readonly recordsShareMin: number;
  readonly recordsShareMax: number;
};

/** How a shard's load lies over its range, from records read in a window. */
export type ShardSample = {
  readonly range: HashRange;
  /** Records, and their bytes, in each of the equal slices of the range. */
  readonly sliceBytes: readonly number[];
  readonly sliceRecords: readonly number[];
  readonly bytes: number;
  readonly records: number;
  /**
   * Records whose key hashes outside the range: they were put by an explicit hash key, which Kinesis does not give
   * back. Where in the range they lie nobody knows; they are in `bytes` and `records`, and in no slice.
   */
  readonly invalidBytes: number;
  readonly invalidRecords: number;
  /** Heaviest first, by bytes or records. */
  readonly topKeys: readonly TopKey[];
};

const SLICES = 64;
/** Each key above 1/512 of the bytes or of the records is found. */
const KEY_SLOTS = 512;
const TOP_KEYS_MAX = 32;

type KeyPlace = { readonly partitionKey: string; readonly hashKey: HashKey };

/** Takes in the records of one shard, in memory that does not grow with them. */
export class ShardSampler {
  readonly range: HashRange;
  readonly #sliceBytes = new Float64Array(SLICES);
  readonly #sliceRecords = new Float64Array(SLICES);
  readonly #byBytes = new SpaceSaving<string>(KEY_SLOTS);
  readonly #byRecords = new SpaceSaving<string>(KEY_SLOTS);
  readonly #places = new Map<string, KeyPlace>();
  #bytes = 0;
  #records = 0;
  #invalidBytes = 0;
  #invalidRecords = 0;

  constructor(range: HashRange) {
    this.range = range;
  }

  add({ partitionKey, hashKey, bytes }: SampledRecord): void {
    this.#bytes += bytes;
    this.#records += 1;
    if (!rangeContains(this.range, hashKey)) {
      this.#invalidBytes += bytes;
      this.#invalidRecords += 1;
      return;
    }
    const slice = sliceOf(this.range, hashKey);
    this.#sliceBytes[slice] = (this.#sliceBytes[slice] ?? 0) + bytes;
    this.#sliceRecords[slice] = (this.#sliceRecords[slice] ?? 0) + 1;
    this.#byBytes.add(partitionKey, bytes);
    this.#byRecords.add(partitionKey, 1);
    this.#places.set(partitionKey, { partitionKey, hashKey });
    if (this.#places.size > 4 * KEY_SLOTS) this.#forgetLightKeys();
  }

  sample(): ShardSample {
    return {
      range: this.range,
      sliceBytes: [...this.#sliceBytes],
      sliceRecords: [...this.#sliceRecords],
      bytes: this.#bytes,
      records: this.#records,
      invalidBytes: this.#invalidBytes,
      invalidRecords: this.#invalidRecords,
      topKeys: this.#topKeys(),
    };
  }

  #topKeys(): readonly TopKey[] {
    const bytes = sharesOf(this.#byBytes, this.#bytes);
    const records = sharesOf(this.#byRecords, this.#records);
    return [...new Set([...bytes.keys(), ...records.keys()])]
      .flatMap((key): TopKey[] => {
        const place = this.#places.get(key);
        if (place === undefined) return [];
        const [ofBytes, ofRecords] = [bytes.get(key), records.get(key)];
        return [
          {
            ...place,
            bytesShareMin: ofBytes?.min ?? 0,
            bytesShareMax: ofBytes?.max ?? 1 / KEY_SLOTS,
            recordsShareMin: ofRecords?.min ?? 0,
            recordsShareMax: ofRecords?.max ?? 1 / KEY_SLOTS,
          },
        ];
      })
      .sort((a, b) => heaviestShare(b) - heaviestShare(a))
      .slice(0, TOP_KEYS_MAX);
  }

  #forgetLightKeys(): void {
    const held = new Set<string>();
    for (const { item } of [...this.#byBytes.items(), ...this.#byRecords.items()]) held.add(item);
    for (const key of this.#places.keys()) if (!held.has(key)) this.#places.delete(key);
  }
}

/** What the key takes at least, of the bytes or of the records. */
export function heaviestShare({ bytesShareMin, recordsShareMin }: TopKey): number {
  return Math.max(bytesShareMin, recordsShareMin);
}

function sharesOf(counted: SpaceSaving<string>, total: number) {
  return new Map(
    counted
      .items()
      .map(({ item, count, error }) => [
        item,
        { min: (count - error) / total, max: count / total },
      ]),
  );
}

function sliceOf(range: HashRange, key: HashKey): number {
  return Number(((key - range.start) * BigInt(SLICES)) / rangeWidth(range));
}

/** First key of slice `i` of `count`: the first that `sliceOf` puts there. */
export function sliceStart(range: HashRange, i: number, count: number): HashKey {
  const [width, n] = [rangeWidth(range), BigInt(count)];
  return (range.start + (width * BigInt(i) + n - 1n) / n) as HashKey;
}
