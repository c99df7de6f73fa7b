import { idIn, type MadeRecord } from './made-record.ts';

/** A record as the target gives it back; those of one shard come in the order in which they lie there. */
export type TargetRecord = { readonly partitionKey: string; readonly data: Uint8Array };

/** What came of an archive at its target. Imports nothing of what it judges. */
export type Verdict = {
  readonly expected: number;
  /** Different records of the archive that are in the target, byte for byte and under their own key. */
  readonly arrived: number;
  /** Records of the archive that are nowhere in the target. */
  readonly lost: number;
  /** Copies beyond the first of each record. */
  readonly duplicates: number;
  /** What is in the target and was not in the archive, or is not as it was there. */
  readonly strangers: number;
  /** Records whose first copy lies behind the first copy of a later record of their key. */
  readonly orderInversions: number;
};

/** The generator's side: any record by its id. */
type Archive = { readonly at: (id: number) => MadeRecord };

/** Holds a dump of the target against the records that the archive was made of. */
export class TargetCheck {
  readonly #archive: Archive;
  readonly #seen: Uint8Array;
  readonly #lastByKey = new Map<string, number>();
  #arrived = 0;
  #duplicates = 0;
  #strangers = 0;
  #orderInversions = 0;

  /** @param expected the archive has the ids below this one, and each is to arrive */
  constructor(archive: Archive, expected: number) {
    this.#archive = archive;
    this.#seen = new Uint8Array(expected);
  }

  found(record: TargetRecord): void {
    const id = idIn(record.data);
    if (id === null || id >= this.#seen.length || !isSame(this.#archive.at(id), record)) {
      this.#strangers += 1;
      return;
    }
    if (this.#seen[id] === 1) {
      this.#duplicates += 1;
      return;
    }
    this.#seen[id] = 1;
    this.#arrived += 1;
    const last = this.#lastByKey.get(record.partitionKey) ?? -1;
    if (id < last) this.#orderInversions += 1;
    else this.#lastByKey.set(record.partitionKey, id);
  }

  verdict(): Verdict {
    return {
      expected: this.#seen.length,
      arrived: this.#arrived,
      lost: this.#seen.length - this.#arrived,
      duplicates: this.#duplicates,
      strangers: this.#strangers,
      orderInversions: this.#orderInversions,
    };
  }
}

function isSame(made: MadeRecord, { partitionKey, data }: TargetRecord): boolean {
  return made.partitionKey === partitionKey && Buffer.compare(made.data, data) === 0;
}
