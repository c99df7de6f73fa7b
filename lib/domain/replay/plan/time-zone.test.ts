import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TimeZone, timeZoneOf } from './time-zone.ts';

const at = (text: string) => Date.parse(text);

function zone(name: string): TimeZone {
  const found = timeZoneOf(name);
  if (found === null) throw new Error(`the runtime knows no ${name}`);
  return found;
}

const hour = (wall: string) => ({ fromMs: at(wall), toMs: at(wall) + 3_599_999 });

describe('a zone', () => {
  it('knows its walls in summer and winter', () => {
    const berlin = zone('Europe/Berlin');
    expect(berlin.toWall(at('2026-07-01T10:00:00Z'))).toBe(at('2026-07-01T12:00:00Z'));
    expect(berlin.fromWall(hour('2026-01-01T12:00:00Z'))).toEqual(hour('2026-01-01T11:00:00Z'));
    expect(zone('Asia/Kathmandu').toWall(0)).toBe(at('1970-01-01T05:30:00Z'));
  });

  it('takes both of an hour that comes twice', () => {
    const { fromMs, toMs } = zone('Europe/Berlin').fromWall(hour('2026-10-25T02:00:00Z'));
    expect(fromMs).toBe(at('2026-10-25T00:00:00Z'));
    expect(toMs).toBe(at('2026-10-25T01:59:59.999Z'));
  });

  it('has an answer for an hour that never was', () => {
    expect(zone('Europe/Berlin').fromWall(hour('2026-03-29T02:00:00Z'))).toEqual(
      hour('2026-03-29T01:00:00Z'),
    );
  });

  it.each(['Europe/Atlantis', '', 'UTC; drop'])('%j is none', (name) => {
    expect(timeZoneOf(name)).toBeNull();
  });
});

it('what a wall shows leads back to the instant, in any zone at any time', () => {
  const names = Intl.supportedValuesOf('timeZone');
  fc.assert(
    fc.property(
      fc.constantFrom('UTC', ...names),
      fc.integer({ min: at('1990-01-01'), max: at('2035-01-01') }),
      (name, ms) => {
        const wallMs = zone(name).toWall(ms);
        const { fromMs, toMs } = zone(name).fromWall({ fromMs: wallMs, toMs: wallMs });
        expect(fromMs).toBeLessThanOrEqual(ms);
        expect(toMs).toBeGreaterThanOrEqual(ms);
        expect(toMs - fromMs).toBeLessThanOrEqual(24 * 3_600_000);
      },
    ),
    { numRuns: 500 },
  );
});
