import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatTerm,
  matchesTags,
  parseSearch,
  sameTerm,
  type TagTerm,
  toggleTerm,
} from './tag-query.ts';

const wanted = (key: string, value: string | null = null): TagTerm => ({
  key,
  value,
  without: false,
});
const without = (key: string, value: string | null = null): TagTerm => ({
  key,
  value,
  without: true,
});

test.each<[string, string, readonly TagTerm[]]>([
  ['orders', 'orders', []],
  ['tag:team=shop', '', [wanted('team', 'shop')]],
  ['a tag:team  b', 'a b', [wanted('team')]],
  ['-tag:team=shop x', 'x', [without('team', 'shop')]],
  ['tag:team=', '', [wanted('team')]],
  ['tag:team=""', '', [wanted('team', '')]],
  ['tag:"cost centre"="4 100"', '', [wanted('cost centre', '4 100')]],
  ['tag:"a=b"=c=d', '', [wanted('a=b', 'c=d')]],
  ['tag:aws:cloudformation:stack-name=x', '', [wanted('aws:cloudformation:stack-name', 'x')]],
  ['TAG:Team=Shop', '', [wanted('Team', 'Shop')]],
  ['tag:', 'tag:', []],
  ['mytag:team', 'mytag:team', []],
  ['tag:"open', 'tag:"open', []],
])('%s is read as words and conditions', (search, words, tags) => {
  expect(parseSearch(search)).toEqual({ words, tags });
});

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const term = fc.record({
  key: text,
  value: fc.option(fc.string({ unit: 'grapheme', maxLength: 12 })),
  without: fc.boolean(),
});

test('whatever a key and a value hold, what is written is read back', () => {
  fc.assert(
    fc.property(fc.array(term, { maxLength: 4 }), (terms) => {
      const search = ['orders', ...terms.map(formatTerm)].join(' ');
      expect(parseSearch(search)).toEqual({ words: 'orders', tags: terms });
    }),
  );
});

test('a condition is added at the end, and taken out again whatever the case', () => {
  expect(toggleTerm('orders', wanted('team', 'shop'))).toBe('orders tag:team=shop');
  expect(toggleTerm('tag:team=shop orders', wanted('Team', 'SHOP'))).toBe('orders');
  expect(toggleTerm('tag:team=shop', without('team', 'shop'))).toBe('tag:team=shop -tag:team=shop');
  fc.assert(
    fc.property(fc.array(term, { maxLength: 3 }), term, (terms, one) => {
      const others = terms.filter((other) => !sameTerm(other, one));
      const search = others.map(formatTerm).join(' ');
      expect(toggleTerm(toggleTerm(search, one), one)).toBe(search);
    }),
  );
});

const tags = { team: 'shop', environment: 'production', note: '' };

test.each<[string, boolean]>([
  ['tag:team', true],
  ['tag:team=shop', true],
  ['tag:TEAM=Shop', true],
  ['tag:team=sho', false],
  ['tag:team=web tag:team=shop', true],
  ['tag:team=shop tag:environment=staging', false],
  ['tag:team=shop tag:environment=production', true],
  ['tag:note=""', true],
  ['tag:owner', false],
  ['-tag:owner', true],
  ['-tag:team', false],
  ['-tag:team=web', true],
  ['tag:team=shop -tag:environment=production', false],
])('%s: %s', (search, found) => {
  expect(matchesTags(tags, parseSearch(search).tags)).toBe(found);
});

test('of a stream whose tags are not known no condition says anything, not even the contrary', () => {
  expect(matchesTags(null, parseSearch('tag:team').tags)).toBe(false);
  expect(matchesTags(null, parseSearch('-tag:team').tags)).toBe(false);
  expect(matchesTags(null, [])).toBe(true);
});
