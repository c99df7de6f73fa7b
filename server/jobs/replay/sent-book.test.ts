import { expect, it } from 'vitest';
import { SENT_PERIOD_MS, SentBook } from './sent-book.ts';

it('gives a period as far as it went, and forgets it once it is over', () => {
  const book = new SentBook();
  const start = 20 * SENT_PERIOD_MS;
  book.written('shard-0', start + 10, 100);
  book.written('shard-0', start + 20, 50);
  book.throttled('shard-1', start + 30);
  const sums = { 'shard-0': [150, 2, 0], 'shard-1': [0, 0, 1] };
  expect(book.take(start + 40)).toEqual([{ startMs: start, shards: sums }]);
  book.throttled('shard-1', start + 50);
  const [whole] = book.take(start + SENT_PERIOD_MS);
  expect(whole?.shards['shard-1']).toEqual([0, 0, 2]);
  expect(book.take(start + SENT_PERIOD_MS)).toEqual([]);
});

it('keeps periods apart', () => {
  const book = new SentBook();
  book.written('shard-0', SENT_PERIOD_MS - 1, 0);
  book.written('shard-0', SENT_PERIOD_MS, 0);
  expect(book.take(2 * SENT_PERIOD_MS).map(({ startMs }) => startMs)).toEqual([0, SENT_PERIOD_MS]);
});
