import type { JsonPath } from '#lib/domain/replay/transform/payload/json-path.ts';
import { JsonText } from '#lib/domain/replay/transform/payload/json-text.ts';
import type { JsonSpan } from '#lib/domain/replay/transform/split/json-bytes.ts';
import { SpaceSaving } from '#lib/domain/reshard/load/space-saving.ts';
import { isPartitionKey } from './partition-key.ts';

/** A place in payloads that keys could be taken from. */
export type KeyCandidate = {
  readonly path: JsonPath;
  /** Of the payloads that were looked through, the share that has a usable key there; above 0, up to 1. */
  readonly hitShare: number;
  /** A lower bound where there are more than a thousand. */
  readonly differentKeys: number;
  /** Of those payloads that have one, the share of the key that most have: at least so much goes to one shard. */
  readonly largestShare: number;
};

/** Objects within objects are looked into so deep: keys are hardly ever further in. */
const DEPTH_MAX = 3;
/** Some payloads have ids for names of members, of which each would be a place of its own. */
const PATHS_MAX = 200;
const KEYS_MAX = 1_000;

/** Looks through the payloads of a sample, in bounded memory. */
export class KeyCandidates {
  readonly #tallies = new Map<string, Tally>();
  #payloads = 0;

  /** A payload that is no JSON object has no such place, and counts. */
  add(payload: Uint8Array): void {
    this.#payloads += 1;
    const text = new JsonText(payload);
    for (const [path, key] of keysIn(text, text.root, [])) this.#tallyOf(path)?.add(key);
  }

  /**
   * What could serve, best first: what most payloads have, then what spreads them best over shards. What is the same in
   * all is left out, as it would load one shard alone.
   */
  ranked(): readonly KeyCandidate[] {
    return [...this.#tallies.values()]
      .map((tally) => tally.candidate(this.#payloads))
      .filter(({ differentKeys }) => differentKeys > 1)
      .sort((a, b) => b.hitShare - a.hitShare || a.largestShare - b.largestShare);
  }

  #tallyOf(path: JsonPath): Tally | undefined {
    const name = JSON.stringify(path);
    const known = this.#tallies.get(name);
    if (known !== undefined || this.#tallies.size === PATHS_MAX) return known;
    const tally = new Tally(path);
    this.#tallies.set(name, tally);
    return tally;
  }
}

class Tally {
  readonly #path: JsonPath;
  readonly #keys = new Set<string>();
  readonly #heaviest = new SpaceSaving<string>(KEYS_MAX);

  constructor(path: JsonPath) {
    this.#path = path;
  }

  add(key: string): void {
    this.#heaviest.add(key, 1);
    if (this.#keys.size < KEYS_MAX) this.#keys.add(key);
  }

  candidate(payloads: number): KeyCandidate {
    const [largest] = this.#heaviest.items();
    const hits = this.#heaviest.total;
    return {
      path: this.#path,
      hitShare: hits / payloads,
      differentKeys: this.#keys.size,
      largestShare: largest === undefined ? 0 : (largest.count - largest.error) / hits,
    };
  }
}

/** Texts and numbers in an object and those within it that Kinesis takes for keys, as they are written. */
function keysIn(text: JsonText, object: JsonSpan, path: JsonPath): [JsonPath, string][] {
  // Of members with one name the last counts, as where the key is taken.
  const members = new Map<string, JsonSpan>();
  text.eachMember(object, (name, value) => {
    const read = text.string(name);
    if (read !== null) members.set(read, value);
  });
  return [...members].flatMap(([name, value]) => {
    const place = [...path, name];
    const key = text.string(value) ?? text.number(value);
    if (key !== null) return isPartitionKey(key) ? [[place, key] as [JsonPath, string]] : [];
    return place.length < DEPTH_MAX ? keysIn(text, value, place) : [];
  });
}
