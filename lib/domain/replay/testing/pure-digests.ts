import { md5 } from '#lib/domain/md5.ts';
import type { Digests } from '#lib/domain/replay/transform/decode-object.ts';

/** Digests without a runtime's: that one of them is an MD5 makes no difference to who only compares them. */
export const PURE_DIGESTS: Digests = {
  md5,
  sha256: md5,
  sha256Hex: (bytes) =>
    Array.from(md5(bytes), (byte) => byte.toString(16).padStart(2, '0')).join(''),
};
