import fc from 'fast-check';
import { compress } from 'snappyjs';
import { describe, expect, it } from 'vitest';
import {
  arbitraryCuts,
  arbitraryDamage,
  chunksOf,
  joined,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import { chunkHeader, framedSnappy, hadoopSnappy, javaSnappy } from './testing/snappy-files.ts';
import { accounted, UNPACK_LIMITS, unpack } from './testing/unpack.ts';

/** Of few words, so that there is something to copy, and of noise, so that there is not. */
const content = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom('shard', 'lease', 'aaaaaaaaaaaaaaaaaaaa').map(utf8),
      fc.nat(5_000).map((length) => new Uint8Array(length).fill(7)),
    ),
    { maxLength: 60 },
  )
  .map(joined);

const WRITERS = [
  ['snappy', 'framed', framedSnappy],
  ['snappy', 'of snappy-java', javaSnappy],
  ['hadoop-snappy', 'of Hadoop', hadoopSnappy],
  ['snappy', 'in one block', (bytes: Uint8Array) => compress(Uint8Array.from(bytes))],
] as const;

describe.each(WRITERS)('%s %s', (compression, _, pack) => {
  it('gives back what was packed, however it comes', async () => {
    await fc.assert(
      fc.asyncProperty(content, arbitraryCuts, async (bytes, cuts) => {
        const stored = pack(bytes);
        const back = await unpack(compression, chunksOf(stored, cuts));
        expect(back.report).toMatchObject({ memberBytes: stored.length, fault: null });
        expect(back.bytes).toEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('accounts for each byte of whatever it is given, and throws nothing', async () => {
    await fc.assert(
      fc.asyncProperty(content, arbitraryDamage(), arbitraryCuts, async (bytes, damage, cuts) => {
        const stored = damage(pack(bytes));
        const back = await unpack(compression, chunksOf(stored, cuts));
        expect(accounted(back.report)).toBe(stored.length);
        expect(back.bytes.length).toBe(back.report.decodedBytes);
        expect(back.report.unprovedBytes).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('holds no block that is larger than it may be', async () => {
    const limits = { ...UNPACK_LIMITS, blockBytesMax: 100 };
    const stored = pack(new Uint8Array(5_000));
    const back = await unpack(compression, [stored], limits);
    expect(back).toMatchObject({ bytes: new Uint8Array() });
    expect(back.report.fault?.reason).toBe('object-too-large');
    const wide = await unpack(compression, [stored], { ...UNPACK_LIMITS, decodedBytesMax: 4_999 });
    expect(wide.report.fault?.reason).toBe('object-too-large');
  });
});

it.each(WRITERS.slice(0, 3))(
  '%s %s gives out what comes before a cut, and goes on behind padding',
  async (compression, _, pack) => {
    const first = pack(utf8('first'));
    const second = pack(utf8('second'));
    const whole = await unpack(compression, [joined([first, new Uint8Array(8), second])]);
    expect(whole.bytes).toEqual(utf8('firstsecond'));
    expect(whole.report).toMatchObject({ paddingBytes: 8, fault: null });
    const cut = await unpack(compression, [joined([first, second.subarray(0, -1)])]);
    expect(cut.bytes).toEqual(utf8('first'));
    expect(cut.report.fault).toMatchObject({ reason: 'truncated' });
  },
);

it('gives nothing out of a chunk whose checksum is wrong', async () => {
  const stored = joined([framedSnappy(utf8('first')), framedSnappy(utf8('second'))]);
  const flipped = stored.with(stored.length - 1, (stored.at(-1) ?? 0) ^ 1);
  const { bytes, report } = await unpack('snappy', [flipped]);
  expect(bytes).toEqual(utf8('first'));
  expect(report.fault?.reason).toBe('checksum-mismatch');
});

it('passes over chunks that may be passed over, and no others', async () => {
  const [first, second] = [framedSnappy(utf8('first')), framedSnappy(utf8('second'))];
  const known = await unpack('snappy', [
    joined([first, chunkHeader(0x80, 3), utf8('???'), second]),
  ]);
  expect(known).toMatchObject({ bytes: utf8('firstsecond'), report: { fault: null } });
  const unknown = await unpack('snappy', [joined([first, chunkHeader(0x02, 3), utf8('???')])]);
  expect(unknown).toMatchObject({ bytes: utf8('first') });
  expect(unknown.report.fault?.reason).toBe('corrupt-stream');
});

it('finds a block of Hadoop that holds less or more than it says', async () => {
  const stored = hadoopSnappy(utf8('record'));
  const more = await unpack('hadoop-snappy', [stored.with(3, 5)]);
  expect(more.report.fault?.reason).toBe('length-mismatch');
  const less = await unpack('hadoop-snappy', [stored.with(3, 7)]);
  expect(less.report.fault?.reason).toBe('truncated');
});
