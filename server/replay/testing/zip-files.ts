import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { joined, utf8 } from '#lib/domain/replay/testing/chunks.ts';

const DEFLATE = 8;
const NAME = utf8('records');

/** One deflated entry, with its sizes before it: enough for what has to be made at once, and is spoilt afterwards. */
export function zipOf(bytes: Uint8Array): Uint8Array {
  const stored = deflateRawSync(bytes);
  const sums = [uint16(DEFLATE), uint32(0), uint32(crc32(bytes)), uint32(stored.length)];
  const entry = [...sums, uint32(bytes.length), uint16(NAME.length), uint16(0)];
  const file = joined([uint32(0x04034b50), uint16(20), uint16(0), ...entry, NAME, stored]);
  const listed = [uint32(0x02014b50), uint16(20), uint16(20), uint16(0), ...entry];
  const directory = joined([...listed, new Uint8Array(14), NAME]);
  return joined([
    file,
    directory,
    uint32(0x06054b50),
    new Uint8Array(4),
    uint16(1),
    uint16(1),
    uint32(directory.length),
    uint32(file.length),
    uint16(0),
  ]);
}

type ZipEntry = {
  readonly bytes: Uint8Array;
  /** As it comes, so that its sizes are not known before it. */
  readonly isStreamed?: boolean;
  readonly isCompressed?: boolean;
};

/** As a library writes it. */
export async function zipByLibrary(
  entries: readonly ZipEntry[],
  options: { readonly forceZip64Format: boolean } = { forceZip64Format: false },
): Promise<Uint8Array> {
  const zip = new ZipFile();
  entries.forEach(({ bytes, isStreamed = false, isCompressed: compress = true }, i) => {
    const how = { compress, ...options };
    if (isStreamed) zip.addReadStream(Readable.from([Buffer.from(bytes)]), `${i}`, how);
    else zip.addBuffer(Buffer.from(bytes), `${i}`, how);
  });
  zip.end({ ...options, comment: 'PK' });
  return new Uint8Array(await buffer(zip.outputStream));
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8);
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24);
}
