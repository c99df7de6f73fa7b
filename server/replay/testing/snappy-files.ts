import { compress } from 'snappyjs';
import { joined } from '#lib/domain/replay/testing/chunks.ts';

/** As much as the framing format allows in a chunk; Hadoop's writers use it too. */
const BLOCK_BYTES = 65_536;

/** As google/snappy, framing_format.txt has it. */
export function framedSnappy(bytes: Uint8Array): Uint8Array {
  const chunks = blocksOf(bytes).map((block) => {
    const body = joined([uint32(masked(bitwiseCrc32c(block)), true), compress(block)]);
    return joined([chunkHeader(0x00, body.length), body]);
  });
  return joined([chunkHeader(0xff, 6), ascii('sNaPpY'), ...chunks]);
}

/** As Hadoop's BlockCompressorStream has it. */
export function hadoopSnappy(bytes: Uint8Array): Uint8Array {
  return joined(
    blocksOf(bytes).flatMap((block) => [uint32(block.length, false), ...sized(compress(block))]),
  );
}

/** As snappy-java's SnappyOutputStream has it. */
export function javaSnappy(bytes: Uint8Array): Uint8Array {
  const header = [Uint8Array.of(0x82), ascii('SNAPPY\0'), uint32(1, false), uint32(1, false)];
  return joined([...header, ...blocksOf(bytes).flatMap((block) => sized(compress(block)))]);
}

function sized(block: Uint8Array): Uint8Array[] {
  return [uint32(block.length, false), block];
}

export function chunkHeader(type: number, length: number): Uint8Array {
  return Uint8Array.of(type, length & 0xff, (length >> 8) & 0xff, length >> 16);
}

/** A plain one: a Buffer is not what snappyjs would give back. */
function blocksOf(bytes: Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    blocks.push(Uint8Array.from(bytes.subarray(at, at + BLOCK_BYTES)));
  }
  return blocks;
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function uint32(value: number, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, isLittleEndian);
  return bytes;
}

/** Straight from its definition, so that it shares nothing with the one that it is to try. */
function bitwiseCrc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0x82f63b78 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
