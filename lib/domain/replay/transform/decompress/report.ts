/** Why the stored bytes of an object cannot be decompressed any further. */
export type StoredFault =
  /** Neither a member, nor a frame, nor padding. */
  | 'not-compressed'
  /** The object ends within a member. */
  | 'truncated'
  | 'corrupt-stream'
  /** Decompressed to something else than what was compressed. */
  | 'checksum-mismatch'
  | 'length-mismatch'
  /** A ZIP file whose directory lists other entries than those that were met. */
  | 'directory-mismatch'
  /** It is whole, for all that can be seen, but encrypted, or compressed in a way that is not read. */
  | 'unsupported-compression'
  /** More comes out of it than archives hold: see `DecompressLimits`. */
  | 'expands-too-far'
  | 'object-too-large';

export type DecompressLimits = {
  /** Of one object, decompressed. */
  readonly decodedBytesMax: number;
  /** Decompressed over stored bytes, once `ratioFromBytes` have come out: small objects may well be all alike. */
  readonly ratioMax: number;
  readonly ratioFromBytes: number;
  /** As much of a member is held back until its checksum has proved it right. */
  readonly heldBytesMax: number;
  /** Of a block, stored and decoded, where a format gives out blocks as a whole: more is never held of one. */
  readonly blockBytesMax: number;
};

/**
 * For archives as they are found: Firehose writes objects of up to 128 MiB, and logs shrink to a tenth or a fiftieth.
 * Members that Firehose buffered by its default of 5 MiB are held back whole.
 */
export const DECOMPRESS_LIMITS: DecompressLimits = {
  decodedBytesMax: 2 ** 40,
  ratioMax: 250,
  ratioFromBytes: 2 ** 28,
  heldBytesMax: 2 ** 25,
  blockBytesMax: 2 ** 25,
};

/** Stored bytes from `start` up to, not including, `end`. */
export type StoredSpan = { readonly start: number; readonly end: number };

/** What became of the stored bytes of an object: `memberBytes` + `paddingBytes` + `faultyBytes` is its size. */
export type DecompressReport = {
  /** Members, frames or blocks that were proved right, headers and checksums included; without compression all there is. */
  readonly memberBytes: number;
  readonly memberCount: number;
  /** Zeros behind members, or between them. */
  readonly paddingBytes: number;
  /** Where they are; the first hundred. */
  readonly paddings: readonly StoredSpan[];
  /** From the first byte of the member that is at fault to the object's end. */
  readonly faultyBytes: number;
  readonly fault: (StoredSpan & { readonly reason: StoredFault }) | null;
  readonly decodedBytes: number;
  /** Of the faulty member, what had been given out before the fault showed; 0 for members below `heldBytesMax`. */
  readonly unprovedBytes: number;
};
