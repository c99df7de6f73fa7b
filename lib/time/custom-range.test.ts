import { describe, expect, test } from 'vitest';
import { daysOf, draftOf, rangeWords, readDraft, withDays } from './custom-range.ts';
import { fixedRange } from './time-range.ts';

const FROM = Date.UTC(2026, 10, 23, 10, 0, 0);
const TO = Date.UTC(2026, 10, 23, 11, 30, 0);
const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

describe('a custom range', () => {
  test.each(['UTC', 'Asia/Kolkata'])('is read back as it was shown in %s', (zone) => {
    expect(readDraft(draftOf(FROM, TO, zone), zone, NOW)).toEqual({
      range: fixedRange(FROM, TO),
      problem: null,
    });
  });

  test('says what is wrong with it', () => {
    expect(readDraft({ from: 'ten', to: '2026-11-23 11:00' }, 'UTC', NOW).problem).toContain(
      'From',
    );
    expect(readDraft({ from: '2026-11-23 11:00', to: '' }, 'UTC', NOW).problem).toContain('To');
    expect(readDraft(draftOf(TO, FROM, 'UTC'), 'UTC', NOW).problem).toContain('ends before');
  });

  test('takes days from a calendar and keeps the times of day', () => {
    const draft = withDays(draftOf(FROM, TO, 'UTC'), ['2026-11-20', '2026-11-21']);
    expect(draft).toEqual({ from: '2026-11-20 10:00:00', to: '2026-11-21 11:30:00' });
    expect(daysOf(draft)).toEqual(['2026-11-20', '2026-11-21']);
  });

  test('a day alone is a whole day', () => {
    expect(withDays({ from: '', to: 'x' }, ['2026-11-20', '2026-11-20'])).toEqual({
      from: '2026-11-20 00:00:00',
      to: '2026-11-20 23:59:59',
    });
    expect(withDays(draftOf(FROM, TO, 'UTC'), ['2026-11-20', null]).to).toBe('2026-11-23 11:30:00');
  });
});

describe('rangeWords', () => {
  test('says how long, or from when to when and in which zone', () => {
    expect(rangeWords({ kind: 'recent', range: '24h' }, 'UTC')).toBe('Last 24 h');
    expect(rangeWords(fixedRange(FROM, TO), 'UTC')).toBe('11-23 10:00 – 11:30 UTC');
    expect(rangeWords(fixedRange(FROM, TO + 86_400_000), 'Asia/Kolkata')).toBe(
      '11-23 15:30 – 11-24 17:00 GMT+5:30',
    );
  });
});
