import { expect, it } from 'vitest';
import { utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { PURE_DIGESTS } from '#lib/domain/replay/testing/pure-digests.ts';
import { ObjectDecoder, type TransformPlan } from '#lib/domain/replay/transform/decode-object.ts';
import { KeyTally } from './key-tally.ts';
import type { KeyRule } from './recover-key.ts';

const OBJECT = { bucket: 'archive', key: 'a', etag: 'e' };

function findings(text: string, fallback: KeyRule['fallback']) {
  const plan: TransformPlan = {
    format: { kind: 'json' },
    deaggregates: true,
    recordBytesMax: 1_000,
    key: { prefersArchived: true, source: { kind: 'payload-path', path: ['topic'] }, fallback },
  };
  const decoder = new ObjectDecoder(plan, OBJECT, PURE_DIGESTS);
  const tally = new KeyTally();
  for (const outcome of [...decoder.push(utf8(text)), ...decoder.end(null)]) tally.add(outcome);
  return tally.findings();
}

it('tells how often a path hits, how many keys there are, and which one is hot', () => {
  const text = '{"topic":"a"}{"topic":"b"}{"topic":"a"}{"no":1}{"topic":';
  expect(findings(text, { kind: 'quarantine' })).toEqual({
    records: 4,
    bySource: { 'payload-path': 3 },
    withoutKey: 1,
    differentKeys: 2,
    areAllCounted: true,
    largest: { partitionKey: 'a', records: 2 },
  });
  expect(findings(text, { kind: 'constant', key: 'c' })).toMatchObject({
    bySource: { 'payload-path': 3, constant: 1 },
    withoutKey: 0,
  });
});

it('says where it stopped to count', () => {
  const many = Array.from({ length: 10_050 }, (_, i) => `{"topic":${i}}`).join('');
  expect(findings(many, { kind: 'quarantine' })).toMatchObject({
    differentKeys: 10_000,
    areAllCounted: false,
    largest: { records: 1 },
  });
});

it('finds nothing in nothing', () => {
  expect(findings('', { kind: 'quarantine' })).toMatchObject({ records: 0, largest: null });
});
