import { beforeEach, describe, expect, it } from 'vitest';
import type { BucketDestination, TableDestination } from './channel.ts';
import type { Engine } from './engine.ts';
import { engineFixture, START_MS } from './engine-fixture.ts';
import type { CreateChannelInput } from './operations/create-channel.ts';

const TRANSITION_MS = 2_000;
const streamName = 'logs';
const streamArn = 'arn:aws:kinesis:us-east-1:000000000000:stream/logs';
const bucketArn = 'arn:aws:s3:::archive';
const expectedBucketOwner = '000000000000';
const deadLetterQueue = { bucketArn, expectedBucketOwner, errorOutputPrefix: null };

const bucket: BucketDestination = {
  type: 'S3',
  freshnessSeconds: 300,
  deadLetterQueue,
  bucketArn,
  expectedBucketOwner,
  outputKeyTemplate: null,
  storageClass: 'STANDARD',
  compression: 'GZIP',
};
const table: TableDestination = {
  type: 'S3_TABLES',
  freshnessSeconds: 300,
  deadLetterQueue,
  tableBucketArn: 'arn:aws:s3tables:us-east-1:000000000000:bucket/lake',
  namespace: 'n',
  tableName: 't',
  compression: 'ZSTD',
  partitionedByHourOf: null,
};
const input: CreateChannelInput = {
  name: 'to-bucket',
  roleArn: 'arn:aws:iam::000000000000:role/delivery',
  streamArn,
  recordFormat: 'JSON',
  schemaArn: null,
  destinations: [bucket],
  encryptionKeyId: null,
  logging: {},
};

let engine: Engine;
let time: { nowMs: number };

beforeEach(() => {
  ({ engine, time } = engineFixture({ transitionMs: TRANSITION_MS }));
  engine.createStream({ streamName, mode: 'ON_DEMAND' });
  time.nowMs += TRANSITION_MS;
});

const create = (changes: Partial<CreateChannelInput> = {}) =>
  engine.createChannel({ ...input, ...changes });
const refusal = (code: string) => expect.objectContaining({ code });

describe('a channel', () => {
  it('goes through CREATING, UPDATING and DELETING in its own time', () => {
    const { arn, status, id } = create();
    expect(status).toBe('CREATING');
    expect(arn).toBe(`arn:aws:kinesis:us-east-1:000000000000:channel/${id}`);
    expect(() => engine.updateChannel({ channelArn: arn, logging: {} })).toThrow(
      refusal('ResourceInUseException'),
    );
    time.nowMs += TRANSITION_MS;
    expect(engine.describeChannel(arn).status).toBe('ACTIVE');

    const freshness = { type: 'S3', seconds: 600 } as const;
    const logging = { isEnabled: true };
    const updating = engine.updateChannel({ channelArn: arn, freshness, logging });
    expect(updating).toMatchObject({
      status: 'UPDATING',
      destination: { freshnessSeconds: 300 },
      logging: { isEnabled: false },
    });
    time.nowMs += TRANSITION_MS;
    expect(engine.describeChannel(arn)).toMatchObject({
      status: 'ACTIVE',
      destination: { ...bucket, freshnessSeconds: 600 },
      logging: {
        isEnabled: true,
        logGroupName: `/aws/kinesis/to-bucket/${id}`,
        logStreamName: 'DestinationDelivery',
      },
    });

    engine.deleteChannel(arn);
    expect(engine.describeChannel(arn).status).toBe('DELETING');
    time.nowMs += TRANSITION_MS;
    expect(() => engine.describeChannel(arn)).toThrow(refusal('ResourceNotFoundException'));
  });

  it('is one of each kind that a stream may have, under a name of its own', () => {
    create();
    expect(() => create({ name: 'other' })).toThrow(refusal('LimitExceededException'));
    const toTable = { destinations: [table], schemaArn: 'arn:aws:glue:schema' };
    expect(() => create(toTable)).toThrow(refusal('ResourceInUseException'));
    create({ ...toTable, name: 'to-table' });
    expect(engine.describeStreamSummary({ streamName }).channelCount).toBe(2);
    expect(engine.listChannels().channels.map(({ name }) => name)).toEqual([
      'to-bucket',
      'to-table',
    ]);
  });

  it.each<[string, Partial<CreateChannelInput>]>([
    ['no destination', { destinations: [] }],
    ['two destinations', { destinations: [bucket, table] }],
    ['too fresh', { destinations: [{ ...bucket, freshnessSeconds: 299 }] }],
    ['too old', { destinations: [{ ...bucket, freshnessSeconds: 901 }] }],
    ['a schema for a bucket', { recordFormat: 'GSR_JSON' }],
    ['bytes for a table', { destinations: [table], recordFormat: 'BYTE_ARRAY' }],
    ['a table without a schema', { destinations: [table] }],
    ["the service's own key", { encryptionKeyId: 'alias/aws/kinesis' }],
  ])('is refused for %s', (_, changes) => {
    expect(() => create(changes)).toThrow(refusal('InvalidArgumentException'));
    expect(engine.listChannels().channels).toEqual([]);
  });

  it('is for on-demand streams that are ACTIVE', () => {
    const arnOf = (name: string) => streamArn.replace(streamName, name);
    expect(() => create({ streamArn: arnOf('none') })).toThrow(
      refusal('ResourceNotFoundException'),
    );
    engine.createStream({ streamName: 'p', shardCount: 1 });
    expect(() => create({ streamArn: arnOf('p') })).toThrow(refusal('ResourceInUseException'));
    time.nowMs += TRANSITION_MS;
    expect(() => create({ streamArn: arnOf('p') })).toThrow(refusal('ValidationException'));
  });

  it('keeps its stream from being deleted, until it is deleted itself', () => {
    const { arn } = create();
    expect(() => engine.deleteStream({ streamName })).toThrow(refusal('ResourceInUseException'));
    engine.deleteChannel(arn);
    engine.deleteStream({ streamName });
    time.nowMs += TRANSITION_MS;
    engine.createStream({ streamName, mode: 'ON_DEMAND' });
    expect(engine.describeStreamSummary({ streamName }).channelCount).toBe(0);
  });

  it('has tags', () => {
    const { arn: resourceArn } = create({ tags: { team: 'search' } });
    engine.tagStream({ resourceArn, tags: { stage: 'test' } });
    expect(engine.listTags({ resourceArn }).tags).toEqual([
      { key: 'stage', value: 'test' },
      { key: 'team', value: 'search' },
    ]);
  });

  it('takes a change of its own kind of destination only, and not of nothing', () => {
    const { arn: channelArn } = create();
    time.nowMs += TRANSITION_MS;
    for (const change of [
      {},
      { freshness: { type: 'S3_TABLES', seconds: 600 } as const },
      { freshness: { type: 'S3', seconds: 1 } as const },
    ]) {
      expect(() => engine.updateChannel({ channelArn, ...change })).toThrow(
        refusal('InvalidArgumentException'),
      );
    }
    expect(engine.describeChannel(channelArn).status).toBe('ACTIVE');
  });
});

describe('the list of channels', () => {
  it('comes in pages, for the streams that are asked for', () => {
    for (const name of ['a', 'b', 'c']) {
      engine.createStream({ streamName: name, mode: 'ON_DEMAND' });
    }
    time.nowMs += TRANSITION_MS;
    const arns = ['c', 'a', 'b'].map((name) => {
      const arn = streamArn.replace(streamName, name);
      create({ name: `of-${name}`, streamArn: arn });
      return arn;
    });
    const first = engine.listChannels({ maxResults: 2 });
    expect(first.channels.map(({ name }) => name)).toEqual(['of-a', 'of-b']);
    const nextToken = first.nextToken ?? '';
    const second = engine.listChannels({ maxResults: 2, nextToken });
    expect(second).toMatchObject({ channels: [{ name: 'of-c' }], nextToken: null });
    const streams = arns.slice(0, 2).map((arn) => ({ streamArn: arn, createdAtMs: undefined }));
    expect(engine.listChannels({ streams }).channels.map(({ name }) => name)).toEqual([
      'of-a',
      'of-c',
    ]);
    const [stream] = streams.map((each) => ({ ...each, createdAtMs: START_MS - 1_000 }));
    expect(engine.listChannels({ streams: stream === undefined ? [] : [stream] }).channels).toEqual(
      [],
    );
    expect(() => engine.listChannels({ nextToken: 'made-up' })).toThrow('Invalid NextToken');
    time.nowMs += 300_001;
    expect(() => engine.listChannels({ nextToken })).toThrow(refusal('ExpiredNextTokenException'));
  });
});
