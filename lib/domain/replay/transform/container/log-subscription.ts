import type { Decoders } from '#lib/domain/replay/transform/decompress/decoders.ts';
import { gzipHeaderLength } from '#lib/domain/replay/transform/decompress/gzip-header.ts';
import type { InputReader } from '#lib/domain/replay/transform/decompress/input-reader.ts';
import { JsonText } from '#lib/domain/replay/transform/payload/json-text.ts';
import { MemberReader } from '#lib/domain/replay/transform/payload/member-reader.ts';
import type { ContainerPart } from './container-part.ts';
import { takePadding, takeRest } from './take-rest.ts';

const PROOF_BYTES = 8;

/** As much of what comes out of a record is looked at: its type is the first that it says. */
const HEAD_BYTES = 4_096;

/** More comes out of no record: CloudWatch Logs cuts what it sends into records of up to 1 MiB. */
const CONTENT_BYTES_MAX = 2 ** 26;

/**
 * Reads what a subscription of CloudWatch Logs has put on a stream: records that are gzip members themselves, one
 * behind the other. A record is such a member, byte for byte, as its consumers unpack it; the messages by which
 * CloudWatch Logs tries whether it can reach the stream are none (its user guide, "Subscription filters", CONTROL_MESSAGE).
 */
export async function* readLogSubscription(
  input: InputReader,
  decoders: Decoders,
  recordBytesMax: number,
): AsyncGenerator<ContainerPart> {
  const reader = new MemberReader<'type'>({ type: ['messageType'] });
  for (;;) {
    const window = await input.peek(recordBytesMax + 1);
    if (window.length === 0) return;
    const padding = await takePadding(input, recordBytesMax);
    if (padding !== null) {
      yield padding;
      return;
    }
    const member = await readMember(window, decoders);
    const isTooLarge = member === 'cut-off' && window.length > recordBytesMax;
    if (typeof member === 'string') {
      yield await takeRest(input, isTooLarge ? 'too-large' : member, recordBytesMax);
      return;
    }
    const start = input.position;
    const end = start + member.length;
    const bytes = window.subarray(0, member.length);
    input.take(member.length);
    if (!member.isProved) {
      yield { kind: 'quarantined', reason: 'checksum-mismatch', start, end, bytes };
    } else if (isControl(member.head, reader)) {
      yield { kind: 'framing', bytes: member.length };
    } else {
      yield { kind: 'payloads', start, end, bytes, payloads: [bytes] };
    }
  }
}

type Member = {
  /** Header and checksum included. */
  readonly length: number;
  readonly head: Uint8Array;
  readonly isProved: boolean;
};

async function readMember(
  window: Uint8Array,
  decoders: Decoders,
): Promise<Member | 'unexpected-bytes' | 'cut-off' | 'expands-too-far'> {
  const headerBytes = gzipHeaderLength(window);
  if (headerBytes === 'more') return 'cut-off';
  if (headerBytes === 'bad') return 'unexpected-bytes';
  const content: { head: Uint8Array; length: number; crc32: number } = {
    head: new Uint8Array(),
    length: 0,
    crc32: 0,
  };
  const decoder = decoders.inflate();
  try {
    for await (const piece of decoder.decode(window.subarray(headerBytes))) {
      if (content.length === 0) content.head = piece.subarray(0, HEAD_BYTES);
      content.length += piece.length;
      content.crc32 = decoders.crc32(piece, content.crc32);
      if (content.length > CONTENT_BYTES_MAX) return 'expands-too-far';
    }
    if (decoder.state === 'corrupt') return 'unexpected-bytes';
    const proofAt = headerBytes + decoder.takenBytes;
    if (decoder.state === 'open' || window.length < proofAt + PROOF_BYTES) return 'cut-off';
    const proof = new DataView(window.buffer, window.byteOffset + proofAt, PROOF_BYTES);
    const isProved =
      proof.getUint32(0, true) === content.crc32 &&
      proof.getUint32(4, true) === content.length % 2 ** 32;
    return { length: proofAt + PROOF_BYTES, head: content.head, isProved };
  } finally {
    decoder.close();
  }
}

function isControl(head: Uint8Array, reader: MemberReader<'type'>): boolean {
  const text = new JsonText(head);
  const type = reader.readBeginning(text).get('type');
  return type !== undefined && text.string(type) === 'CONTROL_MESSAGE';
}
