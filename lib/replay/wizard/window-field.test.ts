import { describe, expect, it } from 'vitest';
import { readWindow, windowText } from './window-field.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const HOUR = 3_600_000;
const WINDOW = { fromMs: NOON, toMs: NOON + HOUR - 1 };

describe('readWindow', () => {
  it('reads back what is shown, in any zone', () => {
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/New_York']) {
      expect(readWindow(windowText(WINDOW, zone), zone, null)).toEqual({
        ok: true,
        window: WINDOW,
      });
    }
    expect(windowText(WINDOW, 'UTC').to).toBe('2026-11-23 13:00:00');
  });

  it('takes an empty end for that of the archive', () => {
    const all = { fromMs: NOON - HOUR, toMs: NOON + 2 * HOUR };
    expect(readWindow({ from: '2026-11-23 12:00', to: '' }, 'UTC', all)).toEqual({
      ok: true,
      window: { fromMs: NOON, toMs: NOON + 2 * HOUR - 1 },
    });
    expect(readWindow({ from: '', to: ' ' }, 'UTC', all)).toEqual({ ok: true, window: null });
  });

  it('says what is wrong', () => {
    expect(readWindow({ from: 'noon', to: '' }, 'UTC', null)).toMatchObject({ ok: false });
    expect(
      readWindow({ from: '2026-11-23 12:00', to: '2026-11-23 12:00' }, 'UTC', null),
    ).toMatchObject({ ok: false, words: 'The window ends before it begins.' });
    expect(readWindow({ from: '2026-11-23 12:00', to: '' }, 'UTC', null)).toMatchObject({
      words: expect.stringContaining('“To”'),
    });
  });
});
