import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arbitraryCuts, chunksOf, joined, utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { unpack } from './testing/unpack.ts';
import { zipByLibrary, zipOf } from './testing/zip-files.ts';

const entry = fc.record({
  bytes: fc.uint8Array({ maxLength: 2_000 }),
  isStreamed: fc.boolean(),
  isCompressed: fc.boolean(),
});

it('gives back the entries of what a library writes, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { maxLength: 4 }),
      fc.boolean(),
      arbitraryCuts,
      async (entries, forceZip64Format, cuts) => {
        // Where an entry ends that is neither compressed nor of known size, only the directory says.
        const readable = entries.map((one) =>
          one.isCompressed ? one : { ...one, isStreamed: false },
        );
        const stored = await zipByLibrary(readable, { forceZip64Format });
        const { bytes, report } = await unpack('zip', chunksOf(stored, cuts));
        expect(report).toMatchObject({
          memberBytes: stored.length,
          memberCount: entries.length,
          fault: null,
        });
        expect(bytes).toEqual(joined(entries.map((one) => one.bytes)));
      },
    ),
    { numRuns: 40 },
  );
});

it('refuses what ends nowhere, and what is encrypted', async () => {
  const endless = await zipByLibrary([
    { bytes: utf8('records'), isStreamed: true, isCompressed: false },
  ]);
  const encrypted = zipOf(utf8('records')).with(6, 1);
  for (const stored of [endless, encrypted]) {
    const { bytes, report } = await unpack('zip', [stored]);
    expect(bytes).toEqual(new Uint8Array());
    expect(report).toMatchObject({
      fault: { reason: 'unsupported-compression' },
      faultyBytes: stored.length,
    });
  }
});

it('gives out each entry that is whole, wherever the file is cut off, and says so', async () => {
  const entries = [{ bytes: utf8('first') }, { bytes: utf8('second'), isStreamed: true }];
  const stored = await zipByLibrary(entries);
  const seen = new Set<string>();
  for (let length = 1; length < stored.length; length += 1) {
    const { bytes, report } = await unpack('zip', [stored.subarray(0, length)]);
    seen.add(new TextDecoder().decode(bytes));
    // The last two bytes are a comment, and no part of what has to be there.
    expect(report.fault?.reason).toBe('truncated');
    expect(report.memberBytes + report.faultyBytes).toBe(length);
  }
  expect([...seen]).toEqual(['', 'first', 'firstsecond']);
});

it('believes a directory only of the entries that were met', async () => {
  const [one, other] = [zipOf(utf8('one')), zipOf(utf8('other'))];
  const directoryAt = (file: Uint8Array) => Buffer.from(file).indexOf('PK\x01\x02');
  const swapped = joined([one.subarray(0, directoryAt(one)), other.subarray(directoryAt(other))]);
  const { bytes, report } = await unpack('zip', [swapped]);
  expect(bytes).toEqual(utf8('one'));
  expect(report.fault?.reason).toBe('directory-mismatch');
});

it('finds a checksum or a length that is wrong', async () => {
  const stored = zipOf(utf8('records'));
  const checksum = await unpack('zip', [stored.with(14, (stored[14] ?? 0) ^ 1)]);
  expect(checksum).toMatchObject({ bytes: new Uint8Array() });
  expect(checksum.report.fault?.reason).toBe('checksum-mismatch');
  const length = await unpack('zip', [stored.with(22, 6)]);
  expect(length.report.fault?.reason).toBe('length-mismatch');
});
