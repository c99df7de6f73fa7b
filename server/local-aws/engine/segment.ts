/** A run of consecutive records of one shard: the unit that is allocated, sealed and trimmed. */
export type Segment = {
  readonly firstOrdinal: number;
  /** Records held. */
  readonly count: number;
  /** Payload and partition-key bytes held, as the service counts them. */
  readonly recordBytes: number;
  /** Memory that stands against the byte cap. Fixed when the segment is made. */
  readonly reservedBytes: number;

  /** @returns false, and takes nothing, where the record has no room: the segment is then sealed. */
  append(partitionKey: string, keyBytes: number, data: Uint8Array, arrivalMs: number): boolean;

  // `index` counts from 0 within the segment and has to be below `count`.
  arrivalMs(index: number): number;
  partitionKey(index: number): string;
  /** A view, not a copy: valid while the segment lives, never to be written to. */
  data(index: number): Uint8Array;
  /** Payload and partition-key bytes of one record. */
  sizeBytes(index: number): number;
};
