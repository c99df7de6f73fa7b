import type { Decoders, StreamDecoder } from './decoders.ts';
import type { InputReader } from './input-reader.ts';
import type { MemberFormat, Proof } from './member-format.ts';
import type { StoredFault } from './report.ts';
import { StoredStream } from './stored-stream.ts';

/** Signatures of APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16. */
/** PK, which all of them begin with. */
const SIGNATURE = 0x4b50;
const ENTRY = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_END_64 = 0x06064b50;
const DIRECTORY_END_64_LOCATOR = 0x07064b50;
const DIRECTORY_END = 0x06054b50;

const ENTRY_BYTES = 30;
const DIRECTORY_ENTRY_BYTES = 46;
const DIRECTORY_END_BYTES = 22;
const DIRECTORY_END_64_LOCATOR_BYTES = 20;

const STORED = 0;
const DEFLATE = 8;
const IS_ENCRYPTED = 0x01;
/** Checksum and sizes stand behind the data, not before it. */
const HAS_DESCRIPTOR = 0x08;
/** A size that stands elsewhere, as it has no room in four bytes. */
const SIZE_ELSEWHERE = 0xffffffff;

type Entry = {
  readonly isStored: boolean;
  readonly hasDescriptor: boolean;
  readonly crc32: number;
  readonly storedBytes: number;
  readonly length: number;
};

/**
 * ZIP, read from front to back, as archivers write it: an entry is a member, which is proved by its checksum and sizes,
 * before its data or behind it. Where the directory comes that ends the file, it has to list the same members: what is
 * in one only was taken out, or never belonged there.
 */
export class ZipFormat implements MemberFormat {
  #entry: Entry | null = null;
  #entryAt = 0;
  /** Where this file begins in the object: such files may stand one after the other. */
  #fileAt = 0;
  #met = new EntrySum();
  #listed = new EntrySum();
  #isWhole = false;

  /** False until the directory has come to its end. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  async takeHeader(input: InputReader): Promise<StoredFault | null> {
    if (this.#isWhole) this.#beginFile(input.position);
    const head = await input.peek(ENTRY_BYTES);
    if (head.length < 4) return 'truncated';
    if (uint32(head, 0) !== ENTRY) return 'not-compressed';
    if (head.length < ENTRY_BYTES) return 'truncated';
    const flags = uint16(head, 6);
    const method = uint16(head, 8);
    const isStored = method === STORED;
    const entry = {
      isStored,
      hasDescriptor: (flags & HAS_DESCRIPTOR) !== 0,
      crc32: uint32(head, 14),
      storedBytes: uint32(head, 18),
      length: uint32(head, 22),
    };
    const endsUnknown = isStored && (entry.hasDescriptor || entry.storedBytes === SIZE_ELSEWHERE);
    if ((!isStored && method !== DEFLATE) || (flags & IS_ENCRYPTED) !== 0 || endsUnknown) {
      return 'unsupported-compression';
    }
    this.#entry = entry;
    this.#entryAt = input.position - this.#fileAt;
    return takeWhole(input, ENTRY_BYTES + uint16(head, 26) + uint16(head, 28));
  }

  open(decoders: Decoders): StreamDecoder {
    const entry = this.#entry;
    return entry?.isStored === true ? new StoredStream(entry.storedBytes) : decoders.inflate();
  }

  async takeProof(input: InputReader, proof: Proof): Promise<StoredFault | null> {
    const entry = this.#entry;
    if (entry === null) return 'corrupt-stream';
    const fault = entry.hasDescriptor ? await takeDescriptor(input, proof) : faultOf(entry, proof);
    if (fault === null) this.#met.add(proof.crc32, this.#entryAt);
    return fault;
  }

  async takeFrame(input: InputReader): Promise<StoredFault | 'taken' | null> {
    const head = await input.peek(DIRECTORY_ENTRY_BYTES);
    if (head.length < 4) return null;
    switch (uint32(head, 0)) {
      case DIRECTORY_ENTRY: {
        if (head.length < DIRECTORY_ENTRY_BYTES) return 'truncated';
        const [name, extra, comment] = [uint16(head, 28), uint16(head, 30), uint16(head, 32)];
        const bytes = DIRECTORY_ENTRY_BYTES + name + extra + comment;
        const entry = (await input.peek(bytes)).subarray(0, bytes);
        this.#listed.add(uint32(entry, 16), placeOf(entry));
        return takeFrame(input, bytes);
      }
      case DIRECTORY_END_64: {
        const bytes = uint32(head, 4) + uint32(head, 8) * 2 ** 32;
        return bytes > DIRECTORY_END_64_BYTES_MAX ? 'corrupt-stream' : takeFrame(input, 12 + bytes);
      }
      case DIRECTORY_END_64_LOCATOR:
        return takeFrame(input, DIRECTORY_END_64_LOCATOR_BYTES);
      case DIRECTORY_END:
        if (head.length < DIRECTORY_END_BYTES) return 'truncated';
        if (!this.#met.equals(this.#listed)) return 'directory-mismatch';
        this.#isWhole = true;
        return takeFrame(input, DIRECTORY_END_BYTES + uint16(head, 20));
      default:
        return null;
    }
  }

  #beginFile(at: number): void {
    this.#fileAt = at;
    this.#met = new EntrySum();
    this.#listed = new EntrySum();
    this.#isWhole = false;
  }
}

const DIRECTORY_END_64_BYTES_MAX = 65_536;

/** Tells whether the same entries were added to two, without keeping them: any number may be in a file. */
class EntrySum {
  #count = 0;
  #sum = 0;

  /** @param at where the entry begins in the file */
  add(crc32: number, at: number): void {
    this.#count += 1;
    // Each alone is spread over all bits, or two that swap their checksums would come to the same.
    this.#sum = (this.#sum + Math.imul(crc32 ^ Math.imul(at, 0x9e3779b1), 0x85ebca6b)) >>> 0;
  }

  equals(other: EntrySum): boolean {
    return this.#count === other.#count && this.#sum === other.#sum;
  }
}

/** Signature, checksum, and two sizes of eight bytes each. */
const DESCRIPTOR_BYTES_MAX = 24;

/**
 * Behind the data: a signature or none, the checksum, and both sizes in four bytes each or in eight. Which of these it
 * is no bit says, so that it is the one which fits; of an entry without data two may, of which one has a header behind.
 */
async function takeDescriptor(input: InputReader, proof: Proof): Promise<StoredFault | null> {
  const bytes = await input.peek(DESCRIPTOR_BYTES_MAX + 2);
  const fitting = DESCRIPTOR_FORMS.filter((form) => fits(bytes, form, proof)).map(lengthOf);
  const isFollowed = (end: number) => bytes.length === end || uint16(bytes, end) === SIGNATURE;
  const length = fitting.find(isFollowed) ?? fitting[0];
  if (length !== undefined) input.take(length);
  else return bytes.length < DESCRIPTOR_BYTES_MAX ? 'truncated' : 'checksum-mismatch';
  return null;
}

type DescriptorForm = { readonly signatureBytes: 0 | 4; readonly sizeBytes: 4 | 8 };

const DESCRIPTOR_FORMS: readonly DescriptorForm[] = [
  { signatureBytes: 4, sizeBytes: 4 },
  { signatureBytes: 4, sizeBytes: 8 },
  { signatureBytes: 0, sizeBytes: 4 },
  { signatureBytes: 0, sizeBytes: 8 },
];

function lengthOf({ signatureBytes, sizeBytes }: DescriptorForm): number {
  return signatureBytes + 4 + 2 * sizeBytes;
}

function fits(bytes: Uint8Array, form: DescriptorForm, proof: Proof): boolean {
  const { signatureBytes, sizeBytes } = form;
  if (bytes.length < lengthOf(form)) return false;
  if (signatureBytes > 0 && uint32(bytes, 0) !== DESCRIPTOR) return false;
  const found = {
    crc32: uint32(bytes, signatureBytes),
    storedBytes: uint(bytes, signatureBytes + 4, sizeBytes),
    length: uint(bytes, signatureBytes + 4 + sizeBytes, sizeBytes),
  };
  return faultOf(found, proof) === null;
}

function faultOf(
  said: Pick<Entry, 'crc32' | 'storedBytes' | 'length'>,
  proof: Proof,
): StoredFault | null {
  if (said.crc32 !== proof.crc32) return 'checksum-mismatch';
  const isSize = (size: number, actual: number) => size === actual || size === SIZE_ELSEWHERE;
  return isSize(said.storedBytes, proof.takenBytes) && isSize(said.length, proof.length)
    ? null
    : 'length-mismatch';
}

const ZIP64_EXTRA = 1;

/** Where in the file an entry of the directory says that its member begins: in four bytes, or in an extra field. */
function placeOf(entry: Uint8Array): number {
  const at = uint32(entry, 42);
  if (at !== SIZE_ELSEWHERE) return at;
  const extraEnd = DIRECTORY_ENTRY_BYTES + uint16(entry, 28) + uint16(entry, 30);
  for (let from = DIRECTORY_ENTRY_BYTES + uint16(entry, 28); from + 4 <= extraEnd; ) {
    const bytes = uint16(entry, from + 2);
    if (uint16(entry, from) === ZIP64_EXTRA) {
      // Of the sizes before it, it holds only those that have no room either.
      const sizes = [uint32(entry, 20), uint32(entry, 24)];
      return uint(entry, from + 4 + 8 * sizes.filter((size) => size === SIZE_ELSEWHERE).length, 8);
    }
    from += 4 + bytes;
  }
  return at;
}

async function takeFrame(input: InputReader, bytes: number): Promise<StoredFault | 'taken'> {
  return (await takeWhole(input, bytes)) ?? 'taken';
}

async function takeWhole(input: InputReader, bytes: number): Promise<StoredFault | null> {
  if ((await input.peek(bytes)).length < bytes) return 'truncated';
  input.take(bytes);
  return null;
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100;
}

function uint32(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) + uint16(bytes, at + 2) * 0x10000;
}

function uint(bytes: Uint8Array, at: number, length: number): number {
  return length === 4 ? uint32(bytes, at) : uint32(bytes, at) + uint32(bytes, at + 4) * 2 ** 32;
}
