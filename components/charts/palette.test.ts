import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SLOT_COUNT } from '#lib/charts/series-slots.ts';

const palette = readFileSync(new URL('palette.css', import.meta.url), 'utf8');
const tokens = readFileSync(new URL('../theme/tokens.css', import.meta.url), 'utf8');

function colors(css: string, scheme: string): ReadonlyMap<string, string> {
  const body = new RegExp(`color-scheme="${scheme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  const pairs = body.matchAll(/--k-([\w-]+): (#[\da-f]{6});/g);
  return new Map([...pairs].map((m) => [m[1] ?? '', m[2] ?? '']));
}

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each(['dark', 'light'])('colours of lines, %s', (scheme) => {
  const series = colors(palette, scheme);
  const ground = colors(tokens, scheme);

  it('has one for each slot, no two alike', () => {
    expect(series.size).toBe(SLOT_COUNT);
    expect(new Set(series.values()).size).toBe(SLOT_COUNT);
  });

  it.each(['ground', 'surface', 'raised'])('stands out from --k-%s by 3:1', (name) => {
    const behind = ground.get(name) ?? '';
    expect(behind).toMatch(/^#/);
    for (const color of series.values()) {
      expect(contrast(color, behind)).toBeGreaterThanOrEqual(3);
    }
  });
});
