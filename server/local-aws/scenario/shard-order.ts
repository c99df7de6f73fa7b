/** A shard and what it was made of. */
export type Born = { readonly shardId: string; readonly parentShardIds: readonly string[] };

/**
 * Which shards a reader may begin with: a key's records stay in order only if a shard is read when all of its parents
 * have been read to their ends.
 */
export class ShardOrder {
  readonly #finished = new Set<string>();
  readonly #begun = new Set<string>();
  readonly #waiting = new Map<string, Born>();

  /**
   * All shards that the stream has. A parent that is not among them, and that was never heard of, has gone with its
   * records: nobody waits for it.
   * @returns the shards that may be read now, of those given and of those that waited; each one once.
   */
  list(shards: readonly Born[]): readonly string[] {
    const listed = new Set(shards.map(({ shardId }) => shardId));
    for (const { parentShardIds } of shards) {
      for (const parent of parentShardIds) {
        const isKnown = this.#begun.has(parent) || this.#waiting.has(parent);
        if (!isKnown && !listed.has(parent)) this.#finished.add(parent);
      }
    }
    return this.#add(shards);
  }

  /**
   * A parent of the children that was never heard of is itself still to come, as the child of a shard that is being
   * read.
   * @returns the shards that may be read now that this one is at its end.
   */
  finish(shardId: string, children: readonly Born[]): readonly string[] {
    this.#finished.add(shardId);
    return this.#add(children);
  }

  #add(shards: readonly Born[]): readonly string[] {
    for (const shard of shards) {
      if (!this.#begun.has(shard.shardId)) {
        this.#waiting.set(shard.shardId, shard);
      }
    }
    return this.#takeReady();
  }

  #takeReady(): readonly string[] {
    const ready = [...this.#waiting.values()].filter(({ parentShardIds }) =>
      parentShardIds.every((parent) => this.#finished.has(parent)),
    );
    for (const { shardId } of ready) {
      this.#waiting.delete(shardId);
      this.#begun.add(shardId);
    }
    return ready.map(({ shardId }) => shardId);
  }
}
