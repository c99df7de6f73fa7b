import { expect } from 'vitest';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { ShardSubscription } from '#server/local-aws/engine/shard-subscription.ts';
import { ModelReader, type ReaderStep } from './model-reader.ts';

const NOTHING: ReaderStep = { records: [], children: null };

function startAfter(sequenceNumber: SequenceNumber | undefined) {
  return sequenceNumber === undefined
    ? { type: 'TRIM_HORIZON' as const }
    : { type: 'AFTER_SEQUENCE_NUMBER' as const, sequenceNumber };
}

/**
 * A reader by GetRecords, `limit` records a call. It keeps its iterator as long as that lives, and else goes on after
 * the last record that it had.
 */
export function pollingModelReader(engine: Engine, streamName: string, limit: number): ModelReader {
  const iterators = new Map<string, string>();
  const lastNumbers = new Map<string, SequenceNumber>();
  const iteratorOf = (shardId: string, nowMs: number) =>
    engine.getShardIterator(
      { streamName, shardId, position: startAfter(lastNumbers.get(shardId)) },
      nowMs,
    );
  return new ModelReader(engine, streamName, (shardId, nowMs) => {
    const held = iterators.get(shardId);
    const read = (shardIterator: string) => engine.getRecords({ shardIterator, limit }, nowMs);
    let answer: ReturnType<typeof read>;
    try {
      answer = read(held ?? iteratorOf(shardId, nowMs));
    } catch (error) {
      if (!(error instanceof KinesisError && error.code === 'ExpiredIteratorException')) {
        throw error;
      }
      answer = read(iteratorOf(shardId, nowMs));
    }
    expect(answer.records.length).toBeLessThanOrEqual(limit);
    const last = answer.records.at(-1);
    if (last !== undefined) {
      lastNumbers.set(shardId, last.sequenceNumber);
    }
    if (answer.nextShardIterator === null) {
      return { records: answer.records, children: answer.childShards };
    }
    iterators.set(shardId, answer.nextShardIterator);
    return { records: answer.records, children: null };
  });
}

/** A reader by enhanced fan-out: it subscribes again where a subscription has ended, after its last event. */
export function fanOutModelReader(
  engine: Engine,
  streamName: string,
  consumerArn: string,
): ModelReader {
  const subscriptions = new Map<string, ShardSubscription>();
  const continuations = new Map<string, SequenceNumber>();
  const subscribe = (shardId: string, nowMs: number) => {
    const position = startAfter(continuations.get(shardId));
    const subscription = engine.subscribeToShard({ consumerArn, shardId, position }, nowMs);
    subscriptions.set(shardId, subscription);
    return subscription;
  };
  return new ModelReader(engine, streamName, (shardId, nowMs) => {
    const subscription = subscriptions.get(shardId) ?? subscribe(shardId, nowMs);
    let event = subscription.next(nowMs);
    if (event === 'end') {
      event = subscribe(shardId, nowMs).next(nowMs);
    }
    if (event === null || event === 'end') {
      return NOTHING;
    }
    if (event.continuationSequenceNumber === null) {
      return { records: event.records, children: event.childShards };
    }
    continuations.set(shardId, event.continuationSequenceNumber);
    return { records: event.records, children: null };
  });
}
