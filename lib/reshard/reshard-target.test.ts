import { expect, it } from 'vitest';
import { reshardHref } from './reshard-target.ts';

it('leads to the plan, whatever the stream is called', () => {
  expect(reshardHref('a b', 'x/y', { goal: 'merge-shards', shard: 's-1', side: 'left' })).toBe(
    '/streams/a%20b/x%2Fy?tab=reshard&goal=merge-shards&shard=s-1&side=left',
  );
  expect(reshardHref('a', 'b', { goal: 'scale-to-count', count: 7 })).toBe(
    '/streams/a/b?tab=reshard&goal=scale-to-count&count=7',
  );
});
