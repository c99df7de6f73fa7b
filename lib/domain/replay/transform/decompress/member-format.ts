import type { Decoders, StreamDecoder } from './decoders.ts';
import { gzipHeaderLength } from './gzip-header.ts';
import type { InputReader } from './input-reader.ts';
import type { StoredFault } from './report.ts';

/** What shows whether a member came out as it went in: the CRC-32 of what came out, its length, and that of its stream. */
export type Proof = {
  readonly crc32: number;
  readonly length: number;
  readonly takenBytes: number;
};

/** How compressed objects are built: of members, each a header, a stream, and what proves it. */
export type MemberFormat = {
  /** Takes the header that comes next. */
  takeHeader(input: InputReader): Promise<StoredFault | null>;
  open(decoders: Decoders): StreamDecoder;
  /** Takes what comes behind the stream, and holds it against what came out. */
  takeProof(input: InputReader, proof: Proof): Promise<StoredFault | null>;
  /** Takes what comes next where it is no member, but what frames members, such as a list of them; null where it is not. */
  takeFrame?(input: InputReader): Promise<StoredFault | 'taken' | null>;
  /** After the last member: false where something has to follow. */
  readonly isWhole?: boolean;
};

const GZIP_PROOF_BYTES = 8;

/** RFC 1952. */
export const GZIP: MemberFormat = {
  async takeHeader(input) {
    for (let wanted = 1; ; ) {
      const bytes = await input.peek(wanted);
      const length = gzipHeaderLength(bytes);
      if (length === 'bad') return 'not-compressed';
      if (length !== 'more') {
        input.take(length);
        return null;
      }
      if (bytes.length < wanted) return 'truncated';
      wanted = bytes.length + 1;
    }
  },
  open: (decoders) => decoders.inflate(),
  async takeProof(input, { crc32, length }) {
    const bytes = await input.peek(GZIP_PROOF_BYTES);
    if (bytes.length < GZIP_PROOF_BYTES) return 'truncated';
    const view = new DataView(bytes.buffer, bytes.byteOffset, GZIP_PROOF_BYTES);
    if (view.getUint32(0, true) !== crc32) return 'checksum-mismatch';
    if (view.getUint32(4, true) !== length % 2 ** 32) return 'length-mismatch';
    input.take(GZIP_PROOF_BYTES);
    return null;
  },
};

const ZSTD_MAGIC_BYTES = 4;
const ZSTD_MAGIC = 0xfd2fb528;
/** Sixteen magic numbers, which differ in the last digit, begin frames that hold what is not data. */
const SKIPPABLE_MAGIC = 0x184d2a50;

/** RFC 8878. A frame holds its own proof, if its writer gave it one, and the decoder checks it. */
export const ZSTD: MemberFormat = {
  async takeHeader(input) {
    const bytes = await input.peek(ZSTD_MAGIC_BYTES);
    if (bytes.length < ZSTD_MAGIC_BYTES) return 'truncated';
    const magic = new DataView(bytes.buffer, bytes.byteOffset, ZSTD_MAGIC_BYTES).getUint32(0, true);
    // The decoder wants to see the magic number itself.
    return magic === ZSTD_MAGIC || magic - (magic % 16) === SKIPPABLE_MAGIC
      ? null
      : 'not-compressed';
  },
  open: (decoders) => decoders.zstd(),
  takeProof: () => Promise.resolve(null),
};
