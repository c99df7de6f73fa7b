import { expect, test } from 'vitest';
import { turnSort } from './turn-sort.ts';

const own = (sort: 'name' | 'lag') => (sort === 'name' ? 'asc' : 'desc');

test('a new column begins in its own direction, which goes without saying', () => {
  expect(turnSort({ sort: 'name', direction: 'asc' }, 'lag', own)).toEqual({
    sort: 'lag',
    dir: null,
  });
  expect(turnSort({ sort: 'lag', direction: 'asc' }, 'name', own)).toEqual({
    sort: 'name',
    dir: null,
  });
});

test('the present column turns, and back', () => {
  expect(turnSort({ sort: 'lag', direction: 'desc' }, 'lag', own)).toEqual({
    sort: 'lag',
    dir: 'asc',
  });
  expect(turnSort({ sort: 'lag', direction: 'asc' }, 'lag', own)).toEqual({
    sort: 'lag',
    dir: null,
  });
});
