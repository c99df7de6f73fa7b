/** A checkpoint as the worker that wrote it knows it. */
export type WrittenCheckpoint = {
  readonly atMs: number;
  readonly worker: string;
  readonly checkpoint: string;
  /** Arrival of the record at the checkpoint, as GetRecords told it; null where it is no record's number. */
  readonly arrivalMs: number | null;
  /** Had anything arrived behind it at that instant? */
  readonly hadUnread: boolean;
};

/** So many checkpoints of a lease are remembered. */
const KEPT = 120;

/**
 * What the workers of an application know of their own checkpoints, newest last: the truth that any reckoning of lag
 * from the outside has to hold.
 */
export class CheckpointLedger {
  readonly #written = new Map<string, WrittenCheckpoint[]>();

  write(leaseKey: string, checkpoint: WrittenCheckpoint): void {
    const all = this.#written.get(leaseKey) ?? [];
    this.#written.set(leaseKey, all);
    all.push(checkpoint);
    all.splice(0, all.length - KEPT);
  }

  of(leaseKey: string): readonly WrittenCheckpoint[] {
    return this.#written.get(leaseKey) ?? [];
  }
}
