import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CloudWatchError } from './cloudwatch-error.ts';
import { evaluateExpression, type Scope } from './evaluate-expression.ts';
import { parseExpression } from './expression-syntax.ts';
import type { TimeSeries } from './time-series.ts';

const PERIOD_MS = 5_000;

function series(...values: readonly (number | null)[]): TimeSeries {
  const known = values.flatMap((value, i): [number, number][] =>
    value === null ? [] : [[i * PERIOD_MS, value]],
  );
  return { periodMs: PERIOD_MS, values: new Map(known) };
}

function scopeOf(metrics: Readonly<Record<string, TimeSeries>>): Scope {
  return {
    lookUp: (id) => metrics[id] ?? null,
    metrics: () => new Map(Object.entries(metrics)),
    periodStarts: () => [0, 1, 2].map((i) => i * PERIOD_MS),
  };
}

function evaluate(text: string, metrics: Readonly<Record<string, TimeSeries>>) {
  const { values } = evaluateExpression(parseExpression(text), scopeOf(metrics));
  return [0, 1, 2].map((i) => values.get(i * PERIOD_MS) ?? null);
}

describe('metric math', () => {
  const a = series(1, 2, 3);
  const b = series(10, null, 30);

  it('computes with precedence, parentheses and signs', () => {
    expect(evaluate('a + a * 2', { a })).toEqual([3, 6, 9]);
    expect(evaluate('(a + a) * -2', { a })).toEqual([-4, -8, -12]);
    expect(evaluate('2 ^ a', { a })).toEqual([2, 4, 8]);
    expect(evaluate('a - 1 - 1', { a })).toEqual([-1, 0, 1]);
  });

  it('has a value only where both sides have one', () => {
    expect(evaluate('a + b', { a, b })).toEqual([11, null, 33]);
  });

  it('leaves out what a division by zero gives', () => {
    expect(evaluate('a / (a - 2)', { a })).toEqual([-1, null, 3]);
  });

  it('sums and compares across series, and along one', () => {
    expect(evaluate('SUM([a, b])', { a, b })).toEqual([11, 2, 33]);
    expect(evaluate('MAX(METRICS())', { a, b })).toEqual([10, 2, 30]);
    expect(evaluate('AVG([a, b])', { a, b })).toEqual([5.5, 2, 16.5]);
    expect(evaluate('a / MAX(a)', { a })).toEqual([1 / 3, 2 / 3, 1]);
    expect(evaluate('a / PERIOD(a)', { a })).toEqual([0.2, 0.4, 0.6]);
  });

  it('fills periods without a value', () => {
    expect(evaluate('FILL(b, 0)', { b })).toEqual([10, 0, 30]);
    expect(evaluate('FILL(b, REPEAT)', { b })).toEqual([10, 10, 30]);
    expect(evaluate('SUM(FILL([a, b], 0))', { a, b })).toEqual([11, 2, 33]);
  });

  it.each([
    '',
    'a +',
    '(a',
    'a b',
    'SUM(',
    'NOPE(a)',
    'z',
    '1 + 2',
    '[a]',
    'SUM(1)',
    'FILL(a)',
    '#',
  ])('refuses %j', (text) => {
    expect(() => evaluate(text, { a })).toThrow(CloudWatchError);
  });

  it('agrees with JavaScript on any arithmetic of numbers', () => {
    const number = fc.integer({ min: 1, max: 50 }).map(String);
    const text = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        number,
        fc
          .tuple(tie('node'), fc.constantFrom('+', '-', '*'), tie('node'))
          .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
        fc.tuple(number, fc.constantFrom('+', '-', '*'), tie('node')).map((p) => p.join(' ')),
      ),
    })).node;
    fc.assert(
      fc.property(text, (arithmetic) => {
        const expected: unknown = new Function(`return ${arithmetic}`)();
        expect(evaluate(`a * 0 + (${arithmetic})`, { a })[0]).toBe(expected);
      }),
    );
  });
});
