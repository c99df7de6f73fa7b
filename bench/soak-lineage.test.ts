import { expect, it } from 'vitest';
import { SoakLineage } from './soak-lineage.ts';

const born = (shardId: string, ...parentShardIds: string[]) => ({ shardId, parentShardIds });

it('begins with a child when all of its parents are at their end, and once', () => {
  const lineage = new SoakLineage();
  expect(lineage.add([born('a'), born('b'), born('ab', 'a', 'b'), born('c', 'ab')])).toEqual([
    'a',
    'b',
  ]);
  expect(lineage.finish('a', [born('ab', 'a', 'b')])).toEqual([]);
  expect(lineage.finish('b', [born('ab', 'a', 'b')])).toEqual(['ab']);
  expect(lineage.finish('ab', [born('c', 'ab'), born('d', 'ab')])).toEqual(['c', 'd']);
  expect(lineage.finish('c', [])).toEqual([]);
});
