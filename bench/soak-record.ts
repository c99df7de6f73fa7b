import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Serial number and checksum, 4 bytes each. */
const HEADER_BYTES = 8;

/** Bytes that fillers are cut out of: random, so that nothing on the way can make them small. */
const FILLER = randomBytes(256 * 1_024);

/** What a reader finds in a record. */
export type SoakRecord = {
  readonly serial: number;
  /** Do the bytes behind the header have the checksum in it? */
  readonly isWhole: boolean;
};

/** A payload of `bytes` (at least its header, at most 256 KiB): `serial` counts the records of one key from 1 on. */
export function encodeSoakRecord(serial: number, bytes: number): Buffer {
  const fillerBytes = Math.min(Math.max(0, Math.round(bytes) - HEADER_BYTES), FILLER.length);
  const from = (serial * 7_919) % (FILLER.length - fillerBytes + 1);
  const filler = FILLER.subarray(from, from + fillerBytes);
  const record = Buffer.allocUnsafe(HEADER_BYTES + fillerBytes);
  record.writeUInt32BE(serial, 0);
  record.writeUInt32BE(crc32(filler), 4);
  record.set(filler, HEADER_BYTES);
  return record;
}

export function decodeSoakRecord(data: Uint8Array): SoakRecord {
  if (data.length < HEADER_BYTES) {
    return { serial: 0, isWhole: false };
  }
  const view = Buffer.from(data.buffer, data.byteOffset, data.length);
  return {
    serial: view.readUInt32BE(0),
    isWhole: view.readUInt32BE(4) === crc32(view.subarray(HEADER_BYTES)),
  };
}
