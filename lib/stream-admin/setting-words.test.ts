import { expect, test } from 'vitest';
import { monthlyPrice } from '#lib/domain/stream-price.ts';
import {
  priceChangeWords,
  priceWords,
  recordSizeWords,
  retentionConsequence,
  retentionWords,
  warmWords,
} from './setting-words.ts';

const stream = { mode: 'PROVISIONED', shardCount: 4, retentionHours: 24 } as const;

test('hours are told in days where they are whole ones', () => {
  expect(retentionWords(24)).toBe('24 h (1 day)');
  expect(retentionWords(8_760)).toBe('8,760 h (365 days)');
  expect(retentionWords(36)).toBe('36 h');
  expect(recordSizeWords(10_240)).toBe('10,240 KiB (10 MiB)');
  expect(recordSizeWords(1_500)).toBe('1,500 KiB');
});

test('a price says what it consists of and what comes on top', () => {
  expect(priceWords(monthlyPrice(stream))).toBe(
    '$43.80 a month, and PUT payload units and consumers of enhanced fan-out by use',
  );
  expect(priceWords(monthlyPrice({ ...stream, retentionHours: 48 }))).toContain(
    '$102.20 a month ($58.40 retention above 24 h + $43.80 shard hours)',
  );
});

test('a change of price is told both ways, and not where there is none', () => {
  const longer = { ...stream, retentionHours: 48 };
  expect(priceChangeWords(stream, longer)).toBe('$58.40 a month more: $43.80 → $102.20.');
  expect(priceChangeWords(longer, stream)).toBe('$58.40 a month less: $102.20 → $43.80.');
  expect(priceChangeWords(longer, { ...stream, retentionHours: 72 })).toBeNull();
  expect(priceChangeWords(longer, { ...stream, retentionHours: 720 })).toMatch(
    /^The price stays, and from then on GB kept above 7 days/,
  );
});

test('a shorter retention says what is lost', () => {
  expect(retentionConsequence(48, 24)).toMatch(/older than 24 h .* at once and for good/);
  expect(retentionConsequence(24, 48)).not.toMatch(/unreadable/);
});

test('warm throughput says what is kept, and what is on its way', () => {
  expect(warmWords(null)).toBe('None is kept for it');
  expect(warmWords({ targetMiBps: 8, currentMiBps: 8 })).toBe('8 MiB/s');
  expect(warmWords({ targetMiBps: 1_024, currentMiBps: 8 })).toBe(
    '8 MiB/s, on its way to 1,024 MiB/s',
  );
  expect(warmWords({ targetMiBps: 8, currentMiBps: null })).toBe('unknown, on its way to 8 MiB/s');
});
