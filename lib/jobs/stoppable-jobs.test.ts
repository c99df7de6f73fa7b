import { expect, it } from 'vitest';
import { stoppedWords, stopSentences } from './stoppable-jobs.ts';

const words = (of: Partial<Parameters<typeof stopSentences>[0]>) =>
  stopSentences({ readAtMs: 0, reshards: [], policies: [], replays: [], ...of }).map(
    (sentence) => sentence.words,
  );

it('says what becomes of each kind, and names them', () => {
  expect(
    words({
      replays: [{ id: 4, streamName: 'copy' }],
      reshards: ['tweets', 'audit'],
      policies: ['tweets'],
    }),
  ).toEqual([
    '1 replay sends no new request, and is paused when those under way are answered: 4 into copy.',
    '2 reshards go no further once the step under way is done: tweets, audit.',
    '1 autoscale policy only advises from then on: tweets.',
  ]);
});

it('says nothing where nothing would be stopped, and counts what is too long to be named', () => {
  expect(words({})).toEqual([]);
  const [many] = words({ reshards: Array.from({ length: 7 }, (_, i) => `s${i}`) });
  expect(many).toContain('s0, s1, s2, s3, s4 and 2 more.');
});

it('tells what was done', () => {
  expect(stoppedWords({ reshards: 1, policies: 2, replays: 2 })).toBe(
    '2 replays and 1 reshard told to pause; 2 autoscale policies now only advise.',
  );
  expect(stoppedWords({ reshards: 0, policies: 0, replays: 0 })).toBe(
    'Nothing was under way any more.',
  );
});
