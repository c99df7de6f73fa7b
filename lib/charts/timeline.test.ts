import { describe, expect, it } from 'vitest';
import type { StreamHistory } from './stream-history.ts';
import { historyOf } from './testing/history-of.ts';
import { streamUse, timeline } from './timeline.ts';

const window = { lengthMs: 20_000, toMs: 20_000 };
const MIB = 1_048_576;

/** Of two open shards, so much in per second in each period; each of the others is unknown. */
function historyWith(
  bytesIn: readonly (number | null)[],
  refused: readonly number[] = [],
): StreamHistory {
  const history = historyOf(bytesIn.length);
  const none = bytesIn.map(() => null);
  return {
    ...history,
    stream: {
      ...history.stream,
      incomingBytesPerSecond: bytesIn,
      incomingRecordsPerSecond: none,
      outgoingBytesPerSecond: none,
      openShardCount: bytesIn.map((value) => (value === null ? null : 2)),
      writeThrottledRecords: bytesIn.map((_, i) => refused[i] ?? 0),
    },
    hottest: [],
  };
}

describe('timeline', () => {
  it('is as high as the use of the stream, the limit at four fifths', () => {
    const { stream, limitY } = timeline(historyWith([MIB, 2 * MIB]), window);
    expect(stream).toBe('M0 100V60H250V100ZM250 100V20H500V100Z');
    expect(limitY).toBe(20);
  });

  it('leaves gaps, and knows idle from unknown', () => {
    expect(timeline(historyWith([0, null]), window).stream).toBe('M0 100V100H250V100Z');
  });

  it('marks refusals beside each other as one', () => {
    const { throttled } = timeline(historyWith([1, 1, 1, 1], [5, 2, 0, 1]), window);
    expect(throttled).toBe('M0 0H500V8H0ZM750 0H1000V8H750Z');
  });

  it('draws the hottest shard as a line that breaks at gaps', () => {
    const history = historyOf(3);
    const lines = history.hottest.map((shard) => ({
      ...shard,
      lines: {
        ...shard.lines,
        writeBytesPerSecond: [MIB, null, MIB / 2],
        writeRecordsPerSecond: [null, null, null],
        readBytesPerSecond: [null, null, null],
      },
    }));
    expect(timeline({ ...history, hottest: lines }, window).hottest).toBe('M0 20H250M500 60H750');
  });

  it('leaves out what lies outside the window', () => {
    const late = { lengthMs: 10_000, toMs: 20_000 };
    expect(timeline(historyWith([MIB, MIB, MIB, MIB]), late).stream).toBe(
      'M0 100V60H500V100ZM500 100V60H1000V100Z',
    );
  });
});

it('the use of a stream is that of its tightest limit', () => {
  const history = historyOf(1);
  // 2,000 records/s on 8 shards are a quarter, 2 MB/s less.
  expect(streamUse(history, 0)).toBeCloseTo(0.25, 6);
  expect(streamUse(history, 1)).toBeNull();
});
