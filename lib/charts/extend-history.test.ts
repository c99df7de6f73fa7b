import { describe, expect, it } from 'vitest';
import { continuesFrom, extendHistory } from './extend-history.ts';
import { emptyHistory, type StreamHistory } from './stream-history.ts';
import { historyOf } from './testing/history-of.ts';

const HOUR = 3_600_000;

/** Periods `from` .. of the history of tests, with a figure that tells them apart. */
function part(from: number, count: number, bytes: number): StreamHistory {
  const history = historyOf(count);
  return {
    ...history,
    periodStartMs: history.periodStartMs.map((ms) => ms + from * 5_000),
    stream: { ...history.stream, incomingBytesPerSecond: new Array(count).fill(bytes) },
  };
}

const bytesOf = (history: StreamHistory) => history.stream.incomingBytesPerSecond;

describe('extendHistory', () => {
  it('appends what came since, and takes the later word for what both know', () => {
    const joined = extendHistory(part(0, 3, 1), part(2, 2, 9), HOUR);
    expect(joined.periodStartMs).toEqual([0, 5_000, 10_000, 15_000]);
    expect(bytesOf(joined)).toEqual([1, 1, 9, 9]);
    expect(joined.hottest[0]?.lines.writeRecordsPerSecond).toEqual([970, 970, 970, 970]);
  });

  it('leaves a gap where nobody read', () => {
    const joined = extendHistory(part(0, 1, 1), part(3, 1, 9), HOUR);
    expect(bytesOf(joined)).toEqual([1, null, null, 9]);
    expect(joined.hottest[0]?.lines.writeBytesPerSecond.slice(1, 3)).toEqual([null, null]);
  });

  it('lets what is older than the range fall out', () => {
    expect(extendHistory(part(0, 3, 1), part(3, 1, 9), 15_000).periodStartMs).toEqual([
      5_000, 10_000, 15_000,
    ]);
  });

  it('the last period is whole as soon as it is', () => {
    const partial = { ...part(0, 2, 1), partialSeconds: 3 };
    expect(extendHistory(partial, { ...part(1, 1, 2), partialSeconds: 4 }, HOUR)).toMatchObject({
      partialSeconds: 4,
    });
    expect(extendHistory(partial, part(1, 2, 2), HOUR).partialSeconds).toBeNull();
  });

  it('a shard that the tail does not tell of has a gap there', () => {
    const joined = extendHistory(part(0, 1, 1), { ...part(1, 1, 9), hottest: [] }, HOUR);
    expect(joined.hottest.map(({ lines }) => lines.writeRecordsPerSecond)).toEqual([
      [970, null],
      [400, null],
    ]);
  });

  it('joins nothing to nothing, and no periods of another length', () => {
    const history = part(0, 2, 1);
    const none = emptyHistory(1, 5);
    expect(extendHistory(history, none, HOUR)).toBe(history);
    expect(extendHistory(none, history, HOUR)).toBe(history);
    expect(extendHistory(history, { ...part(2, 1, 9), periodSeconds: 60 }, HOUR)).toBe(history);
  });
});

it('a history is continued from its last period on, which may not have been over', () => {
  expect(continuesFrom(part(0, 3, 1))).toBe(10_000);
  expect(continuesFrom(emptyHistory(1, 5))).toBeNull();
});
