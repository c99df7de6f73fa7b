import { describe, expect, it } from 'vitest';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { streamRowOf } from '#lib/live/testing/stream-row-of.ts';
import { streamFacts } from './stream-facts.ts';

const row = streamRowOf({ retentionHours: 168 });

describe('streamFacts', () => {
  it('says days where retention is whole days', () => {
    const value = (of: StreamRow) =>
      streamFacts(of).find((fact) => fact.name === 'Retention')?.value;
    expect(value(row)).toBe('7 days');
    expect(value({ ...row, retentionHours: 24 })).toBe('24 h');
    expect(value({ ...row, retentionHours: 36 })).toBe('36 h');
  });

  it('says of which clock the time of creation is', () => {
    const created = streamFacts(row).find((fact) => fact.name === 'Created');
    expect(created?.value).toBe('2026-11-23 07:30 UTC');
  });

  it('names each fact once', () => {
    const names = streamFacts(row).map((fact) => fact.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
