import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The hexadecimal colours that one colour scheme declares, by token name without `--k-`. */
function tokensOf(scheme: 'dark' | 'light'): (name: string) => string {
  const body = new RegExp(`color-scheme="${scheme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  const tokens = new Map(
    [...body.matchAll(/--k-([\w-]+): (#[\da-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']),
  );
  return (name) => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`${scheme} has no --k-${name}`);
    return value;
  };
}

type Triple = readonly [number, number, number];

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2 contrast ratio, 1 .. 21. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, bl] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const times = (m: readonly [Triple, Triple, Triple], v: Triple): Triple => {
  const row = (r: Triple) => r[0] * v[0] + r[1] * v[1] + r[2] * v[2];
  return [row(m[0]), row(m[1]), row(m[2])];
};

/** OKLab (Ottosson 2020) of linear sRGB. */
function okLab(rgb: Triple): Triple {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  );
  const root: Triple = [Math.cbrt(lms[0]), Math.cbrt(lms[1]), Math.cbrt(lms[2])];
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    root,
  );
}

/** How linear sRGB looks to each eye: Machado, Oliveira and Fernandes 2009, severity 1. */
const EYES = {
  trichromat: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
} as const satisfies Record<string, readonly [Triple, Triple, Triple]>;

function distance(a: string, b: string, eye: keyof typeof EYES): number {
  const seen = (hex: string) => {
    const [r, g, bl] = times(EYES[eye], linear(hex));
    return okLab([Math.max(0, r), Math.max(0, g), Math.max(0, bl)]);
  };
  const [p, q] = [seen(a), seen(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

describe.each(['dark', 'light'] as const)('the %s scheme', (scheme) => {
  const token = tokensOf(scheme);
  const use = [0, 1, 2, 3, 4, 5, 6].map((step) => token(`use-${step}`));
  const grounds = ['ground', 'surface', 'raised'].map(token);

  test.each(['ink', 'ink-2', 'accent', 'danger-ink', 'warning-ink', 'ok-ink'])(
    '%s is readable as text on every ground (AA, 4.5:1)',
    (ink) => {
      for (const ground of grounds) {
        expect(contrast(token(ink), ground)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test('tinted grounds carry their own ink and the common inks', () => {
    for (const [ink, ground] of [
      ['danger-ink', 'danger-ground'],
      ['ink', 'danger-ground'],
      ['ink-2', 'danger-ground'],
      ['warning-ink', 'warning-ground'],
      ['ink', 'warning-ground'],
      ['ink-2', 'warning-ground'],
      ['accent-ink', 'accent'],
    ] as const) {
      expect(contrast(token(ink), token(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  test.each([
    'line-strong',
    'danger',
    'limit',
    'use-1',
    'use-2',
    'use-3',
    'use-4',
    'use-5',
    'use-6',
  ])('%s is visible as a graphic on the surface (AA, 3:1)', (graphic) => {
    expect(contrast(token(graphic), token('surface'))).toBeGreaterThanOrEqual(3);
  });

  test('use moves away from the ground in lightness from step 1 to 5', () => {
    const fromGround = use.slice(1, 6).map((colour) => contrast(colour, token('surface')));
    expect(fromGround).toEqual([...fromGround].sort((a, b) => a - b));
  });

  test.each(['trichromat', 'deuteranope', 'protanope'] as const)(
    'a %s tells neighbouring steps apart, and the last from all others',
    (eye) => {
      use.slice(1).forEach((colour, i) => {
        expect(distance(colour, use[i] ?? '', eye)).toBeGreaterThan(0.05);
      });
      for (const colour of use.slice(0, 6)) {
        expect(distance(colour, token('use-6'), eye)).toBeGreaterThan(0.1);
      }
    },
  );
});
