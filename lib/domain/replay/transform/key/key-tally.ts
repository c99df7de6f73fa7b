import type { ReplayRecord } from '#lib/domain/replay/record.ts';
import type { Outcome } from '#lib/domain/replay/transform/decode-object.ts';
import { SpaceSaving } from '#lib/domain/reshard/load/space-saving.ts';

/** Different keys are counted up to here; the heaviest are found among as many. */
const KEYS_MAX = 10_000;

/** What a key rule makes of a sample, for a person to judge it by. */
export type KeyFindings = {
  /** Records that could have had a key: all but what was quarantined for other reasons. */
  readonly records: number;
  /** Of them, by where their keys came from; the rest has none. */
  readonly bySource: Readonly<Partial<Record<ReplayRecord['keySource'], number>>>;
  readonly withoutKey: number;
  /** A lower bound where there are more than can be counted. */
  readonly differentKeys: number;
  readonly areAllCounted: boolean;
  /** The key that most records have, at least so many; null where no record has one. */
  readonly largest: { readonly partitionKey: string; readonly records: number } | null;
};

/** Takes in outcomes of any number of objects, in bounded memory. */
export class KeyTally {
  readonly #bySource = new Map<ReplayRecord['keySource'], number>();
  readonly #keys = new Set<string>();
  readonly #heaviest = new SpaceSaving<string>(KEYS_MAX);
  #records = 0;
  #withoutKey = 0;
  #areAllCounted = true;

  add(outcome: Outcome): void {
    if (outcome.kind === 'record') this.#addRecord(outcome.record);
    else if (outcome.reason === 'no-key') {
      this.#records += 1;
      this.#withoutKey += 1;
    }
  }

  findings(): KeyFindings {
    const [largest] = this.#heaviest.items();
    return {
      records: this.#records,
      bySource: Object.fromEntries(this.#bySource),
      withoutKey: this.#withoutKey,
      differentKeys: this.#keys.size,
      areAllCounted: this.#areAllCounted,
      // A key that came late may have taken over the count of another: without that, it is certain.
      largest:
        largest === undefined
          ? null
          : { partitionKey: largest.item, records: largest.count - largest.error },
    };
  }

  #addRecord({ partitionKey, keySource }: ReplayRecord): void {
    this.#records += 1;
    this.#bySource.set(keySource, (this.#bySource.get(keySource) ?? 0) + 1);
    this.#heaviest.add(partitionKey, 1);
    if (this.#keys.has(partitionKey)) return;
    if (this.#keys.size < KEYS_MAX) this.#keys.add(partitionKey);
    else this.#areAllCounted = false;
  }
}
