import { describe, expect, it } from 'vitest';
import { readPositive, readWhole } from './number-field.ts';

describe('readWhole', () => {
  it.each([
    ['0', 0],
    ['12,345', 12_345],
    [' 7 ', 7],
    ['', null],
    ['-1', null],
    ['1.5', null],
    ['1e3', null],
  ])('reads %j as %j', (text, value) => expect(readWhole(text)).toBe(value));
});

describe('readPositive', () => {
  it.each([
    ['2', 2],
    [' 0.5 ', 0.5],
    ['0', null],
    ['-2', null],
    ['', null],
    ['1,5', null],
    ['Infinity', null],
  ])('reads %j as %j', (text, value) => expect(readPositive(text)).toBe(value));
});
