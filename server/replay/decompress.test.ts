import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryCuts,
  arbitraryDamage,
  chunksOf,
  joined,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import { decompress } from '#lib/domain/replay/transform/decompress/decompress.ts';
import { NODE_DECODERS } from './node-decoders.ts';
import { accounted, UNPACK_LIMITS, unpack } from './testing/unpack.ts';
import { PACK } from './testing/written-formats.ts';

const COMPRESSED = ['gzip', 'zstd', 'zip'] as const;

describe.each(COMPRESSED)('%s', (compression) => {
  const pack = PACK[compression];

  it('gives back what was packed, of any number of members, however it comes', async () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 3_000 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(parts, arbitraryCuts, async (members, cuts) => {
        const stored = joined(members.map(pack));
        const { bytes, report } = await unpack(compression, chunksOf(stored, cuts));
        expect(bytes).toEqual(joined(members));
        expect(report).toMatchObject({ memberBytes: stored.length, fault: null });
      }),
      { numRuns: 60 },
    );
  });

  it('goes on behind padding between members, and tells where it was', async () => {
    const one = pack(utf8('one'));
    const stored = joined([one, new Uint8Array(100), pack(utf8('two')), new Uint8Array(7)]);
    const { bytes, report } = await unpack(compression, chunksOf(stored, [0.1, 0.4, 0.5, 0.9]));
    expect(bytes).toEqual(utf8('onetwo'));
    expect(report).toMatchObject({ paddingBytes: 107, fault: null });
    expect(report.paddings[0]).toEqual({ start: one.length, end: one.length + 100 });
  });

  it('stops at what is no member', async () => {
    const stored = joined([pack(utf8('one')), utf8('garbage')]);
    const { bytes, report } = await unpack(compression, [stored]);
    expect(bytes).toEqual(utf8('one'));
    expect(report.fault).toMatchObject({ reason: 'not-compressed', end: stored.length });
    expect((await unpack(compression, [utf8('{"a":1}')])).report.faultyBytes).toBe(7);
  });

  it('stops a bomb, however much would come of it', async () => {
    const bomb = pack(new Uint8Array(50_000_000));
    const narrow = await unpack(compression, [bomb]);
    expect(narrow.report.fault?.reason).toBe('expands-too-far');
    expect(narrow.bytes.length).toBeLessThan(1_500_000);
    const wide = await unpack(compression, [bomb], { ...UNPACK_LIMITS, ratioMax: 1_000_000 });
    expect(wide.report).toMatchObject({
      fault: { reason: 'object-too-large' },
      faultyBytes: bomb.length,
    });
    expect(wide.bytes.length).toBe(wide.report.unprovedBytes);
    expect(wide.bytes.length).toBeLessThanOrEqual(UNPACK_LIMITS.decodedBytesMax);
  });

  it('accounts for each byte of whatever it is given, and throws nothing', async () => {
    const members = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(members, arbitraryDamage(), arbitraryCuts, async (parts, damage, cuts) => {
        const stored = damage(joined(parts.map(pack)));
        const { bytes, report } = await unpack(compression, chunksOf(stored, cuts));
        expect(accounted(report)).toBe(stored.length);
        expect(bytes.length).toBe(report.decodedBytes);
        expect(report.unprovedBytes).toBe(0);
        if (report.fault === null) expect(report.faultyBytes).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe.each(['gzip', 'zstd'] as const)('%s', (compression) => {
  const pack = PACK[compression];

  it('gives nothing out of a member that is cut off, wherever it is', async () => {
    const first = pack(utf8('first'));
    const second = pack(utf8('second'.repeat(20)));
    for (let length = 1; length < second.length; length += 1) {
      const { bytes, report } = await unpack(compression, [
        joined([first, second.subarray(0, length)]),
      ]);
      expect(bytes).toEqual(utf8('first'));
      const end = first.length + length;
      expect(report.fault).toEqual({ reason: 'truncated', start: first.length, end });
      expect(report).toMatchObject({
        memberBytes: first.length,
        faultyBytes: length,
        unprovedBytes: 0,
      });
    }
  });
});

it('gives nothing out of a gzip member whose checksum or length is wrong', async () => {
  const stored = gzipSync(utf8('records'));
  const flipped = (at: number) =>
    Uint8Array.from(stored, (byte, i) => (i === at ? byte ^ 1 : byte));
  const checksum = await unpack('gzip', [flipped(stored.length - 5)]);
  expect(checksum).toMatchObject({
    bytes: new Uint8Array(),
    report: { fault: { reason: 'checksum-mismatch' } },
  });
  const length = await unpack('gzip', [flipped(stored.length - 1)]);
  expect(length.report).toMatchObject({ fault: { reason: 'length-mismatch' }, unprovedBytes: 0 });
  const stream = await unpack('gzip', [flipped(10)]);
  expect(stream.report.fault).not.toBeNull();
});

it('reads gzip headers with all their optional parts', async () => {
  const [flags, crc] = [2 + 4 + 8 + 16, 2];
  const fixed = Uint8Array.of(0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255);
  const header = joined([
    fixed,
    Uint8Array.of(3, 0, 1, 2, 3),
    utf8('name\0comment\0'),
    new Uint8Array(crc),
  ]);
  const content = utf8('records');
  const stored = joined([header, deflateRawSync(content), gzipSync(content).subarray(-8)]);
  const oneByOne = Array.from(stored, (byte) => Uint8Array.of(byte));
  expect(await unpack('gzip', oneByOne)).toMatchObject({ bytes: content, report: { fault: null } });
});

it('passes on what is not compressed, and an empty object is no fault', async () => {
  const plain = await unpack('none', [utf8('{"a":1}'), utf8('[2]')]);
  expect(plain).toMatchObject({
    bytes: utf8('{"a":1}[2]'),
    report: { memberBytes: 10, fault: null },
  });
  for (const compression of ['none', ...COMPRESSED] as const) {
    expect((await unpack(compression, [])).report).toMatchObject({
      memberCount: 0,
      fault: null,
      faultyBytes: 0,
    });
  }
});

it('lets go of its source when nobody wants more, and passes on what the source throws', async () => {
  let isReleased = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield gzipSync(utf8('record'));
    } finally {
      isReleased = true;
    }
  }
  const options = {
    compression: 'gzip',
    storedBytes: 1e9,
    limits: UNPACK_LIMITS,
    decoders: NODE_DECODERS,
  } as const;
  for await (const piece of decompress(endless(), options)) {
    expect(piece.length).toBe(6);
    break;
  }
  expect(isReleased).toBe(true);

  async function* reset(): AsyncGenerator<Uint8Array> {
    yield gzipSync(utf8('record')).subarray(0, 15);
    throw new Error('connection reset');
  }
  await expect(decompress(reset(), options).next()).rejects.toThrow('connection reset');
});
