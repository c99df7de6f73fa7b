import {
  type _Record,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type GetShardIteratorInput,
} from '@aws-sdk/client-kinesis';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { asRefusal } from '#server/conformance/refusal.ts';

/** Where in a shard to begin; of one stream and one shard. */
export type Position = Omit<GetShardIteratorInput, 'StreamName' | 'StreamARN'>;

/**
 * Sends again while the shard's own rate is exceeded: 5 reads a second are soon used up, and a case that is not about
 * this limit must not fail by it.
 */
export function withinTheShardsRate<T>(t: CaseTools, send: () => Promise<T>): Promise<T> {
  return t
    .eventually("an answer within the shard's rate", async () => {
      try {
        return { answer: await send() };
      } catch (error) {
        if (asRefusal(error)?.name === 'ProvisionedThroughputExceededException') return undefined;
        throw error;
      }
    })
    .then(({ answer }) => answer);
}

export async function iteratorAt(
  t: CaseTools,
  stream: string,
  position: Position,
): Promise<string> {
  const { ShardIterator } = await withinTheShardsRate(t, () =>
    t.kinesis.send(new GetShardIteratorCommand({ StreamName: stream, ...position })),
  );
  if (ShardIterator === undefined) throw new Error('GetShardIterator answers without an iterator.');
  return ShardIterator;
}

export async function readOnce(
  t: CaseTools,
  iterator: string,
  limit?: number,
): Promise<GetRecordsCommandOutput> {
  const { answer } = await timedRead(t, iterator, limit);
  return answer;
}

/** One answer, and how long it took: without the calls before it that were refused for the shard's rate. */
function timedRead(t: CaseTools, iterator: string, limit?: number) {
  return withinTheShardsRate(t, async () => {
    const askedMs = performance.now();
    const answer = await t.kinesis.send(
      new GetRecordsCommand({
        ShardIterator: iterator,
        ...(limit === undefined ? {} : { Limit: limit }),
      }),
    );
    return { answer, seconds: (performance.now() - askedMs) / 1_000 };
  });
}

/** What was read from one iterator on. */
export interface Reading {
  readonly records: readonly _Record[];
  /** The last answer. */
  readonly last: GetRecordsCommandOutput;
  /** How long it took. */
  readonly lastSeconds: number;
}

/** So many answers in a row which say that there is nothing more: over 5 s, by the waits of `eventually`. */
const IDLE_ANSWERS = 10;

/**
 * Reads from an iterator on until there are so many records, or the shard ends. "It might take multiple calls to get
 * to a portion of the shard that contains records", so an empty answer means nothing. When many say that the reader
 * is caught up, what was read so far is returned: so a record that is lost is seen, not waited for.
 */
export function readUntil(t: CaseTools, iterator: string, count: number): Promise<Reading> {
  return readWhile(t, `${count} records`, iterator, (records) => records.length < count);
}

/**
 * Reads a closed shard to its end, which is an answer without a next iterator; or until many answers have said that
 * there is nothing more: "Can continue to return a number of times with a NextShardIterator after shard is closed".
 */
export function readToEnd(t: CaseTools, iterator: string): Promise<Reading> {
  return readWhile(t, 'the end of the shard', iterator, () => true);
}

async function readWhile(
  t: CaseTools,
  what: string,
  iterator: string,
  wantsMore: (records: readonly _Record[]) => boolean,
): Promise<Reading> {
  const records: _Record[] = [];
  let next = iterator;
  let idle = 0;
  return await t.eventually(what, async () => {
    const { answer: last, seconds: lastSeconds } = await timedRead(t, next);
    const { Records = [], MillisBehindLatest } = last;
    records.push(...Records);
    idle = Records.length === 0 && MillisBehindLatest === 0 ? idle + 1 : 0;
    const { NextShardIterator } = last;
    if (NextShardIterator === undefined || !wantsMore(records) || idle >= IDLE_ANSWERS) {
      return { records, last, lastSeconds };
    }
    next = NextShardIterator;
    return undefined;
  });
}

/** All that a shard of a stream holds from its trim horizon on, at least so many records. */
export async function readShard(
  t: CaseTools,
  stream: string,
  shardId: string,
  count: number,
): Promise<Reading> {
  const iterator = await iteratorAt(t, stream, {
    ShardId: shardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  return readUntil(t, iterator, count);
}
