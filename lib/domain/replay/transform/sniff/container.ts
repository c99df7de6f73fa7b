import type { Compression } from '#lib/domain/replay/transform/decompress/decompress.ts';
import { couldBeSnappyBlock } from '#lib/domain/replay/transform/decompress/snappy-block.ts';
import {
  FRAMED_MAGIC,
  JAVA_MAGIC,
  looksLikeHadoopSnappy,
} from '#lib/domain/replay/transform/decompress/snappy-formats.ts';
import { beginsWith } from '#lib/domain/replay/transform/split/bytes.ts';

/** Formats that are known and not read: they have to be converted first. */
type UnreadableFormat = 'orc' | 'sequence-file' | 'lzo' | 'bzip2' | 'xz';

/** What an object is by its first bytes; `none` also where they say nothing. */
export type Container =
  | { readonly kind: 'readable'; readonly compression: Compression }
  | { readonly kind: 'unreadable'; readonly format: UnreadableFormat };

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** What all files of a format begin with, by the specification of each. */
const UNREADABLE: readonly (readonly [UnreadableFormat, Uint8Array])[] = [
  ['lzo', bytes('\x89LZO\0')],
  ['xz', bytes('\xfd7zXZ\0')],
];

/** These begin as text may begin too, so what follows has to be none. */
const UNREADABLE_IF_BINARY: readonly (readonly [UnreadableFormat, Uint8Array])[] = [
  ['orc', bytes('ORC')],
  ['sequence-file', bytes('SEQ')],
  ['bzip2', bytes('BZh')],
];

const COMPRESSED: readonly (readonly [Compression, Uint8Array])[] = [
  ['gzip', bytes('\x1f\x8b\x08')],
  ['zstd', bytes('\x28\xb5\x2f\xfd')],
  ['zip', bytes('PK\x03\x04')],
  ['snappy', FRAMED_MAGIC],
  ['snappy', JAVA_MAGIC],
];

/** Bytes below are in no text, but for those that lay it out: tab, line ends and form feed are above. */
const TEXT_MIN = 0x09;

/** @param head the beginning of an object, 64 bytes or more unless it is shorter */
export function containerOf(head: Uint8Array): Container {
  const isBinary = head.subarray(0, 64).some((byte) => byte < TEXT_MIN);
  const unreadable = [...UNREADABLE, ...(isBinary ? UNREADABLE_IF_BINARY : [])];
  const format = unreadable.find(([, magic]) => beginsWith(head, magic))?.[0];
  if (format !== undefined) return { kind: 'unreadable', format };
  const told = COMPRESSED.find(([, magic]) => beginsWith(head, magic))?.[0];
  return { kind: 'readable', compression: told ?? blockCompressionOf(head) };
}

/** Of what has no magic number: whether its sizes, and what follows them, are those of blocks. */
function blockCompressionOf(head: Uint8Array): Compression {
  if (looksLikeHadoopSnappy(head)) return 'hadoop-snappy';
  // No text begins with such a byte, but for those in other alphabets, which break off soon as blocks.
  return (head[0] ?? 0) >= 0x80 && couldBeSnappyBlock(head) ? 'snappy' : 'none';
}
