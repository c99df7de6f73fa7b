import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CASES } from './cases/index.ts';
import { readKnown } from './known.ts';

test.each(['known-ours.json', 'known-kinesis-local.json'])(
  'docs/conformance/%s names cases that there are, each once',
  async (file) => {
    const path = fileURLToPath(new URL(`../../docs/conformance/${file}`, import.meta.url));
    const { groups } = await readKnown(path);
    const names = new Set(CASES.map(({ name }) => name));
    const listed = groups.flatMap(({ cases }) => cases);
    expect(listed.filter((name) => !names.has(name))).toEqual([]);
    expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]);
  },
);
