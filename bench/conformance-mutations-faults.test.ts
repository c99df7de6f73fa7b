import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { expect, test } from 'vitest';
import { SEEDED_FAULTS } from './conformance-mutations-faults.ts';

test('there are twenty, each with its own name', () => {
  expect(new Set(SEEDED_FAULTS.map(({ name }) => name)).size).toBe(20);
});

test.each(SEEDED_FAULTS)('$name: can still be put into $file', async ({ file, find, replace }) => {
  expect(file).toMatch(/^server\/local-aws\//);
  const source = await readFile(new URL(`../${file}`, import.meta.url), 'utf8');
  expect(source.split(find).length - 1, 'times that the text stands there').toBe(1);
  expect(replace).not.toBe(find);
  expect(() => stripTypeScriptTypes(source.replace(find, () => replace))).not.toThrow();
});
