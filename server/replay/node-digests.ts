import { hash } from 'node:crypto';
import type { Digests } from '#lib/domain/replay/transform/decode-object.ts';

/** Node's digests, in one call each: a stream of them costs more than what is hashed. */
export const NODE_DIGESTS: Digests = {
  md5: (bytes) => hash('md5', bytes, 'buffer'),
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  sha256Hex: (bytes) => hash('sha256', bytes, 'hex'),
};
