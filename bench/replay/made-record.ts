/** A record of an archive that a bench makes: `id` counts them in archive order, from 0. */
export type MadeRecord = {
  readonly id: number;
  readonly partitionKey: string;
  readonly data: Uint8Array;
};

/** What an archive holds: the same shape makes the same records, each by its id alone and in any order. */
export type ArchiveShape = {
  readonly records: number;
  /** Keys by how often they come: all alike, one after the other, or by Zipf's law with this exponent. */
  readonly keys: { readonly count: number; readonly zipf: number | null };
  /** About so many bytes of data each, 60 at least. */
  readonly payloadBytes: number;
};

/** Different texts, so many that no window of a compressor holds them all. */
const TEXTS = 1_024;
/** What is hard in JSON and UTF-8: brackets, quotes, escapes, characters of two and of four bytes. */
const WORDS = 'a }{ \\" \\\\ ä shard hash key lease record stream film 🎞 frame window replay'.split(
  ' ',
);
const WORD_BYTES = 5;
const FRAME_BYTES = 40;

/** Makes the records of a shape. Payloads are JSON with id and key in them; no two are alike. */
export class RecordMaker {
  readonly shape: ArchiveShape;
  readonly #texts: readonly string[];
  readonly #chances: Float64Array | null;

  constructor(shape: ArchiveShape) {
    this.shape = shape;
    const words = Math.max(1, Math.round((shape.payloadBytes - FRAME_BYTES) / WORD_BYTES));
    this.#texts = Array.from({ length: TEXTS }, (_, i) => textOf(i, words));
    const { zipf, count } = shape.keys;
    this.#chances = zipf === null ? null : zipfChances(count, zipf);
  }

  /** @throws RangeError for an id that the archive does not have */
  at(id: number): MadeRecord {
    if (!Number.isInteger(id) || id < 0 || id >= this.shape.records) {
      throw new RangeError(`The archive has ${this.shape.records} records; got ${id}`);
    }
    const partitionKey = `key-${this.#keyAt(id)}`;
    const text = this.#texts[scattered(id) % TEXTS] ?? '';
    const json = `{"id":${id},"key":"${partitionKey}","text":"${text}"}`;
    return { id, partitionKey, data: Buffer.from(json) };
  }

  *from(first: number, end: number): Generator<MadeRecord> {
    for (let id = first; id < end; id += 1) yield this.at(id);
  }

  #keyAt(id: number): number {
    const chances = this.#chances;
    if (chances === null) return id % this.shape.keys.count;
    const chance = scattered(id) / 2 ** 32;
    let low = 0;
    let high = chances.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((chances[middle] ?? 1) > chance) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Which record a payload is of; null where it is of none that a bench makes. */
export function idIn(data: Uint8Array): number | null {
  const digits = /^\{"id":(\d{1,15}),/.exec(Buffer.from(data.subarray(0, 24)).toString('latin1'));
  return digits === null ? null : Number(digits[1]);
}

function textOf(index: number, words: number): string {
  let text = '';
  for (let i = 0; i < words; i += 1) {
    text += `${WORDS[scattered(index * 65_537 + i) % WORDS.length]} `;
  }
  return text;
}

/** By rank, the chance that a key is of this rank or of a lower one. */
function zipfChances(count: number, exponent: number): Float64Array {
  const chances = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1) ** exponent;
    chances[rank] = sum;
  }
  return chances.map((chance) => chance / sum);
}

/** A number below 2^32 that shows nothing of the order of those that it is made of (MurmurHash3's finaliser). */
function scattered(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
