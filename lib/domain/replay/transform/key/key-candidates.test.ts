import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arbitraryDamage, utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { valueAt } from '#lib/domain/replay/transform/payload/json-path.ts';
import { JsonText } from '#lib/domain/replay/transform/payload/json-text.ts';
import { KeyCandidates } from './key-candidates.ts';

function candidatesOf(payloads: readonly string[]) {
  const candidates = new KeyCandidates();
  for (const payload of payloads) candidates.add(utf8(payload));
  return candidates.ranked();
}

it('offers what most payloads have and what spreads them, and nothing that is the same in all', () => {
  const payloads = Array.from({ length: 20 }, (_, i) =>
    JSON.stringify({
      kind: 'tweet',
      topic: `t${i % 4}`,
      user: { id: i },
      ...(i < 5 ? { reply: i } : {}),
    }),
  );
  expect(candidatesOf(payloads)).toEqual([
    { path: ['user', 'id'], hitShare: 1, differentKeys: 20, largestShare: 0.05 },
    { path: ['topic'], hitShare: 1, differentKeys: 4, largestShare: 0.25 },
    { path: ['reply'], hitShare: 0.25, differentKeys: 5, largestShare: 0.2 },
  ]);
});

it('reads keys as they are written, and passes over what Kinesis takes for none', () => {
  const payloads = [
    '{"id":1,"id":9007199254740993,"empty":"","long":"x","list":[1],"no":null}',
    `{"id":9007199254740992,"empty":"e","long":"${'x'.repeat(300)}","list":[2],"no":true}`,
    'no JSON',
  ];
  expect(candidatesOf(payloads)).toEqual([
    { path: ['id'], hitShare: 2 / 3, differentKeys: 2, largestShare: 0.5 },
  ]);
});

it('looks into objects three deep, and no deeper', () => {
  const payloads = [1, 2].map((n) => `{"a":{"b":{"c":${n},"d":{"e":${n}}}}}`);
  expect(candidatesOf(payloads).map(({ path }) => path)).toEqual([['a', 'b', 'c']]);
});

it('is bounded where ids are names', () => {
  const payloads = Array.from({ length: 3 }, (_, payload) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`id-${i}`, payload]))),
  );
  expect(candidatesOf(payloads)).toHaveLength(200);
});

it('offers only paths that lead to a key, whatever the payloads are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.json(), { minLength: 1, maxLength: 5 }),
      arbitraryDamage(),
      (payloads, damage) => {
        const damaged = payloads.map((payload) => damage(utf8(payload)));
        const candidates = new KeyCandidates();
        for (const payload of damaged) candidates.add(payload);
        for (const { path, hitShare } of candidates.ranked()) {
          expect(damaged.some((payload) => valueAt(new JsonText(payload), path) !== null)).toBe(
            true,
          );
          expect(hitShare).toBeGreaterThan(0);
        }
      },
    ),
  );
});
