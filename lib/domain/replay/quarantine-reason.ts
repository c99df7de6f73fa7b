import type { QuarantineReason } from './transform/decode-object.ts';

/** Why a unit is in quarantine: what its decoder found, or what came of it behind the decoder. */
export type ReplayQuarantineReason =
  | QuarantineReason
  /** The person's expression could not be worked out for the record. */
  | 'expression-failed'
  /** Larger than the target's maximum record size. */
  | 'too-large-for-target'
  /** The object is another one now than when the replay was planned. */
  | 'object-changed'
  | 'object-gone'
  | 'object-needs-restore';
