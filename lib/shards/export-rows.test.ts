import { expect, it } from 'vitest';
import { readingOf, UNKNOWN_READING } from '#lib/domain/shard-readings.ts';
import { csvLine, EXPORT_HEADER, exportRow } from './export-rows.ts';
import { factsOf } from './shard-facts.ts';

const row = {
  facts: factsOf(
    {
      shardId: 'shardId-000000000001',
      startingHashKey: '0',
      endingHashKey: String(2n ** 127n - 1n),
      parentShardId: 'shardId-000000000000',
      adjacentParentShardId: null,
      startingSequenceNumber: '1',
      endingSequenceNumber: null,
    },
    'open',
    0,
  ),
  childShardIds: [],
  reading: readingOf({ ...UNKNOWN_READING.figures, writeBytesPerSecond: 524_288 }),
};
const cell = (name: string) => exportRow(row)[EXPORT_HEADER.indexOf(name)];

it('has a name with its unit for each value', () => {
  expect(EXPORT_HEADER).toHaveLength(exportRow(row).length);
  expect(new Set(EXPORT_HEADER).size).toBe(EXPORT_HEADER.length);
  expect(cell('bytes in (B/s)')).toBe(524_288);
  expect(cell('write bytes (% of 1 MiB/s)')).toBe(50);
  expect(cell('tightest limit')).toBe('write bytes');
  expect(cell('share of the ring (%)')).toBe(50);
  expect(cell('last hash key (hexadecimal)')).toBe(`7${'f'.repeat(31)}`);
});

it('leaves what nobody knows empty, and never 0', () => {
  expect(cell('records in (records/s)')).toBeNull();
  expect(csvLine([null, 0, 'a'])).toBe(',0,a\r\n');
});

it('quotes what would be taken for the end of a field', () => {
  expect(csvLine(['a,b', 'say "hi"', 'two\nlines'])).toBe('"a,b","say ""hi""","two\nlines"\r\n');
});
