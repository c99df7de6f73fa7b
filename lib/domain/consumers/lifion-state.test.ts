import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DynamoItem } from './dynamo-item.ts';
import { readLifionState } from './lifion-state.ts';

const SHARD = 'shardId-000000000003';
const CHECKPOINT = '49657540666418930171109502259426480070896488208763191298';

const shard = (more: DynamoItem = {}): DynamoItem => ({
  checkpoint: { S: CHECKPOINT },
  depleted: { BOOL: false },
  leaseExpiration: { S: '2024-11-10T00:31:00.000Z' },
  leaseOwner: { S: 'consumer-1' },
  parent: { NULL: true },
  version: { S: 'qZ1' },
  ...more,
});

const row = (shards: DynamoItem, consumers: DynamoItem = {}): DynamoItem => ({
  consumerGroup: { S: 'invoices' },
  streamName: { S: 'orders' },
  streamCreatedOn: { S: '2024-11-09T20:00:00.000Z' },
  shards: { M: shards },
  consumers: { M: consumers },
  enhancedConsumers: { M: {} },
  version: { S: 'a' },
});

describe('the state of lifion-kinesis', () => {
  test('tells of shards what a lease table does', () => {
    const consumers = {
      'consumer-1': {
        M: { heartbeat: { S: '2024-11-10T00:30:00.000Z' }, isStandalone: { BOOL: false } },
      },
    };
    expect(readLifionState(row({ [SHARD]: { M: shard() } }, consumers))).toMatchObject({
      consumerGroup: 'invoices',
      streamName: 'orders',
      streamCreatedMs: Date.parse('2024-11-09T20:00:00Z'),
      sharesShards: true,
      leases: [
        {
          shardId: SHARD,
          owner: 'consumer-1',
          counter: BigInt(Date.parse('2024-11-10T00:31:00Z')),
          checkpoint: { kind: 'sequence', sequenceNumber: BigInt(CHECKPOINT) },
          parentShardIds: [],
        },
      ],
      workers: [{ workerId: 'consumer-1', lastUpdatedMs: Date.parse('2024-11-10T00:30:00Z') }],
      unreadable: [],
    });
  });

  test('tells of a shard that is worked off, and of one that nobody has begun', () => {
    const shards = {
      [SHARD]: { M: shard({ depleted: { BOOL: true }, leaseOwner: { NULL: true } }) },
      'shardId-000000000004': {
        M: shard({
          checkpoint: { NULL: true },
          leaseExpiration: { NULL: true },
          leaseOwner: { NULL: true },
          parent: { S: SHARD },
        }),
      },
    };
    expect(readLifionState(row(shards))?.leases).toMatchObject([
      { owner: null, checkpoint: { kind: 'shard-end' } },
      { owner: null, counter: null, checkpoint: { kind: 'latest' }, parentShardIds: [SHARD] },
    ]);
  });

  test('of consumers that each read all shards is said to hold no shared place', () => {
    const alone = { 'consumer-1': { M: { isStandalone: { BOOL: true } } } };
    expect(readLifionState(row({}, alone))).toMatchObject({ sharesShards: false, leases: [] });
  });

  test('that is of another layout is not guessed at', () => {
    expect(readLifionState({ consumerGroup: { S: 'x' } })).toBeNull();
    const odd = row({ [SHARD]: { S: 'done' }, elsewhere: { M: shard() } });
    expect(readLifionState(odd)).toMatchObject({
      leases: [],
      unreadable: [/./, /./].map(() => expect.any(String)),
    });
    expect(readLifionState({ ...row({}), shards: { S: 'none' } })?.unreadable).toHaveLength(1);
  });

  test('never throws, whatever a row holds', () => {
    const value = fc.letrec<{ value: DynamoItem }>((tie) => ({
      value: fc.dictionary(
        fc.constantFrom(...Object.keys(shard()), ...Object.keys(row({})), SHARD),
        fc.record({ S: fc.string(), BOOL: fc.boolean(), M: tie('value') }, { requiredKeys: [] }),
        { maxKeys: 5 },
      ),
    })).value;
    fc.assert(
      fc.property(value, (item) => {
        const state = readLifionState(item);
        expect(state === null || Array.isArray(state.leases)).toBe(true);
      }),
    );
  });
});
