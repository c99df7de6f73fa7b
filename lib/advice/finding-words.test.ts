import { describe, expect, it } from 'vitest';
import { advise } from '#lib/domain/advice/advise.ts';
import type { AdviceFacts } from '#lib/domain/advice/facts.ts';
import {
  factsOf,
  historyOf,
  hotShards,
  peaksOf,
  presentOf,
  refusalsOf,
  refusedIn,
  shardLoadOf,
  shardWindowOf,
} from '#lib/domain/advice/testing/facts-of.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import { findingWords, type Words } from './finding-words.ts';

const JOINER = /\u2060/g;

function worst(facts: AdviceFacts): Words {
  const [finding] = advise(facts);
  if (finding === undefined) throw new Error('nothing was found');
  const { title, sentence, todo, figures } = findingWords(finding);
  const plain = (text: string) => text.replace(JOINER, '');
  return { title: plain(title), sentence: plain(sentence), todo: plain(todo), figures };
}

describe('findingWords', () => {
  it('says which shard is hot, why it throttles, and what to do', () => {
    const words = worst(
      factsOf({
        present: presentOf({ throttledRecords: 6_000 }),
        history: historyOf({ refusals: refusedIn(60), recentShards: hotShards() }),
      }),
    );
    expect(words.title).toBe('Shards …0003 and …0004 refuse records');
    // 400,000 of 4,000,000 tried.
    expect(words.sentence).toBe(
      '400,000 records of those tried (10 %) were refused in 1 h, in 60 of 60 periods. Shard …0003 at 100 % of its limit of 1.00 MiB/s in write bytes refused 90 % of them; 2 of 4 shards refuse.',
    );
    expect(words.todo).toMatch(
      /^If many keys share …0003 or …0004, split that shard\. If a single key fills it/,
    );
    expect(words.todo).toContain('Metrics do not tell which it is');
  });

  it('lets retries make a burst good', () => {
    const words = worst(
      factsOf({
        present: presentOf({ throttledRecords: 6_000 }),
        history: historyOf({ refusals: refusedIn(1), recentShards: hotShards() }),
      }),
    );
    expect(words.todo).toMatch(/^One burst needs no shard: producers that retry with back-off/);
  });

  it('asks for shards where all are full', () => {
    const words = worst(
      factsOf({
        present: presentOf({ throttledRecords: 6_000, writeBytesPerSecond: 3.5 * MEBIBYTE }),
        history: historyOf({ refusals: refusedIn(60) }),
      }),
    );
    expect(words.title).toBe('The stream is too small for its load');
    expect(words.todo).toMatch(/^Add shards: 5 at least, reckoned by what was accepted/);
  });

  it('reckons by the list price what can be saved', () => {
    const words = worst(factsOf({ openShardCount: 20, history: historyOf() }));
    expect(words.title).toBe('Shards to spare: 20 where 3 would do');
    expect(words.todo).toContain('about $186.15 a month');
  });

  it('tells of calls and bytes that readers share', () => {
    const words = worst(
      factsOf({
        present: presentOf({ throttledReadCalls: 9 }),
        history: historyOf({
          refusals: refusalsOf({ throttledReadCalls: 700 }),
          recentShards: shardWindowOf([
            shardLoadOf(1, 0.1, { throttledReadCalls: 700 }),
            shardLoadOf(2, 0.1),
          ]),
        }),
      }),
    );
    expect(words.sentence).toBe(
      '700 GetRecords calls were refused in 1 h, at shard …0001 most. Bytes are far below 2 MiB/s, so it is the 5 calls/s that readers share.',
    );
  });

  it('has a title, a sentence, something to do and figures with units for each', () => {
    const findings = [
      ...advise(
        factsOf({
          shardMetricsOn: false,
          hottest: { shardId: 'shardId-000000000001', limit: 'writeRecords', use: 0.9 },
          present: presentOf({ iteratorAgeMs: 20 * 3_600_000 }),
          history: historyOf({
            peaks: peaksOf({ writeBytes: 9 * MEBIBYTE }),
            recentShards: shardWindowOf(
              [0.9, 0.1, 0.1, 0.1].map((use, i) =>
                shardLoadOf(i, use, { rangeShare: i === 0 ? 0.7 : 0.1 }),
              ),
            ),
            dayShards: shardWindowOf([0.1, 0.1, 0.9].map((use, i) => shardLoadOf(i, use))),
          }),
        }),
      ),
      ...advise(
        factsOf({
          mode: 'ON_DEMAND',
          present: presentOf({ writeBytesPerSecond: 9 * MEBIBYTE }),
          history: historyOf({ peaksBefore: peaksOf() }),
        }),
      ),
    ];
    expect(new Set(findings.map(({ id }) => id))).toEqual(
      new Set([
        'lag-nears-retention',
        'shard-nears-limit',
        'too-few-shards',
        'load-uneven',
        'ranges-uneven',
        'cold-neighbours',
        'shard-metrics-off',
        'on-demand-growth',
      ]),
    );
    for (const finding of findings) {
      const words = findingWords(finding);
      for (const text of [words.title, words.sentence, words.todo]) {
        expect(text).toMatch(/^[A-Z0-9…]/);
        expect(text).not.toMatch(/NaN|undefined|null|–/);
      }
      expect(words.figures.length).toBeGreaterThan(0);
    }
  });
});
