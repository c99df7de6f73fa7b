/** What one reader has to find of the records of a stream: producers number those of each key from 1 on. */
export type ReadingCounts = {
  /** Records that were passed over: the reader found a later one of the same key, or has come to its end without them. */
  readonly missed: number;
  /** Found again, as after a lease changed hands without a checkpoint. */
  readonly readAgain: number;
  /** Each for the first time. */
  readonly read: number;
  /** Keys whose first record was found, not only later ones. */
  readonly keysFromStart: number;
  /** Shards of which a record was found before each parent had been read to its end. */
  readonly beforeParents: readonly string[];
};

type NumberedRecord = { readonly partitionKey: string; readonly data: Uint8Array };

/**
 * What a reader found, in the order in which it found it. Whatever breaks the order of a key's records shows as a
 * number that was passed over: a child that is read before its parent holds later numbers of the same keys.
 */
export class ReadingBook {
  readonly name: string;
  readonly #last = new Map<string, number>();
  readonly #begun = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #beforeParents = new Set<string>();
  #missed = 0;
  #readAgain = 0;
  #read = 0;
  #keysFromStart = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** How many keys it has found a record of. */
  get keyCount(): number {
    return this.#last.size;
  }

  found({ partitionKey, data }: NumberedRecord): void {
    const number = Number(Buffer.from(data).toString());
    const last = this.#last.get(partitionKey);
    if (last !== undefined && number <= last) {
      this.#readAgain += 1;
      return;
    }
    if (last === undefined) this.#keysFromStart += Number(number === 1);
    else this.#missed += number - last - 1;
    this.#read += 1;
    this.#last.set(partitionKey, number);
  }

  /** @param parentIds of the shard, where they were there when the reader began */
  foundIn(shardId: string, parentIds: readonly string[]): void {
    const isEarly = parentIds.some((parent) => this.#begun.has(parent) && !this.#ended.has(parent));
    if (isEarly) this.#beforeParents.add(shardId);
    this.#begun.add(shardId);
  }

  foundEnd(shardId: string): void {
    this.#begun.add(shardId);
    this.#ended.add(shardId);
  }

  /** @param written the last number of each key */
  isThrough(written: ReadonlyMap<string, number>): boolean {
    return [...written].every(([key, number]) => this.#last.get(key) === number);
  }

  /** @param written the last number of each key */
  counts(written: ReadonlyMap<string, number>): ReadingCounts {
    let unread = 0;
    for (const [key, number] of written) unread += number - (this.#last.get(key) ?? 0);
    return {
      missed: this.#missed + unread,
      readAgain: this.#readAgain,
      read: this.#read,
      keysFromStart: this.#keysFromStart,
      beforeParents: [...this.#beforeParents],
    };
  }
}
