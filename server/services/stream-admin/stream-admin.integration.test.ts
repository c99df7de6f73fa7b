import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import { audit, stream, streamSetup } from '#server/db/schema.ts';
import { withNameLock } from '#server/db/with-name-lock.ts';
import type { FaultRule } from '#server/local-aws/faults/faults.ts';
import type { TestWorldOptions } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import {
  type AppCaller,
  openProcedures,
  type TargetStream,
  type TestProcedures,
} from '#server/testing/open-procedures.ts';

const CONNECTION = 'test';
const NAME = 'orders';

let procedures: TestProcedures;
let database: Database;
let world: World;
let beforeSending: () => void;
let admin: AppCaller['streamAdmin'];

async function begin(options: TestWorldOptions = {}): Promise<void> {
  const streamArns = ['arn:aws:kinesis:us-east-1:123456789012:stream/theirs'];
  procedures = await openProcedures({
    world: options,
    connections: ({ endpoints }) => [
      embeddedConnectionTo(endpoints, 'picky', { exclude: ['cl*'] }),
      embeddedConnectionTo(endpoints, 'foreign', { streamArns }),
    ],
    open: openNoted,
  });
  ({ database, world } = procedures);
  beforeSending = () => undefined;
  admin = procedures.as('operator').streamAdmin;
}

/** Tells when the maximum record size is about to be changed. */
function openNoted(connection: Connection): Aws {
  const aws = openAws(connection, { repeats: false });
  const changeMaxRecordSize: typeof aws.changes.changeMaxRecordSize = (...args) => {
    beforeSending();
    return aws.changes.changeMaxRecordSize(...args);
  };
  return { ...aws, changes: { ...aws.changes, changeMaxRecordSize } };
}

beforeEach(() => begin());
afterEach(() => procedures.close());

/** Makes the stream at AWS, and the row that a collector would have written. */
async function knownStream(streamName = NAME): Promise<TargetStream> {
  world.engine.createStream({ streamName, shardCount: 1 });
  return procedures.know(streamName);
}

const present = (streamName = NAME) => world.engine.describeStreamSummary({ streamName });

const fault = (rule: FaultRule) => world.faults.addFault(rule);

const wanted = {
  connection: CONNECTION,
  streamName: 'clicks',
  mode: 'PROVISIONED',
  shardCount: 2,
  retentionHours: 24,
  keyId: null,
  maxRecordKiB: 1_024,
  tags: {},
} as const;

describe('settings', () => {
  test('are told with tags and consumers', async () => {
    const target = await knownStream();
    world.engine.tagStream({ streamName: NAME, tags: { team: 'a', empty: '' } });
    const { streamArn } = present();
    world.engine.registerStreamConsumer({ streamArn, consumerName: 'reports' });
    const view = await admin.settings(target);
    expect(view.settings).toMatchObject({
      status: 'ACTIVE',
      retentionHours: 24,
      keyId: null,
      maxRecordKiB: 1_024,
      consumerCount: 1,
    });
    expect(view.tags.value).toEqual({ team: 'a', empty: '' });
    expect(view.consumers.value).toMatchObject([{ consumerName: 'reports' }]);
    expect(view.setup).toBeNull();
  });

  test('are told without what may not be read, with the permission to add', async () => {
    const target = await knownStream();
    fault({ effect: { type: 'deny' }, operation: 'ListTagsForStream' });
    const { settings, tags, consumers } = await admin.settings(target);
    expect(settings.streamName).toBe(NAME);
    expect(tags.value).toBeNull();
    expect(tags.failure).toMatchObject({ deniedAction: 'kinesis:ListTagsForStream' });
    expect(consumers.value).toEqual([]);
  });
});

describe('each change', () => {
  test('is made, one after the other', async () => {
    const target = await knownStream();
    await admin.changeRetention({ ...target, seenHours: 24, hours: 48 });
    expect(present().retentionHours).toBe(48);
    await admin.changeRetention({ ...target, seenHours: 48, hours: 24 });
    expect(present().retentionHours).toBe(24);
    await admin.changeMode({ ...target, seenMode: 'PROVISIONED', mode: 'ON_DEMAND' });
    expect(present().mode).toBe('ON_DEMAND');
    await admin.changeEncryption({ ...target, seenKeyId: null, keyId: 'alias/mine' });
    expect(present().encryptionKeyId).toBe('alias/mine');
    await admin.changeEncryption({ ...target, seenKeyId: 'alias/mine', keyId: null });
    expect(present().encryptionKeyId).toBeNull();
    await admin.changeMaxRecordSize({ ...target, seenKiB: 1_024, kib: 2_048 });
    expect(present().maxRecordKiB).toBe(2_048);
    const seenTags = { old: '1', kept: '2' };
    world.engine.tagStream({ streamName: NAME, tags: seenTags });
    await admin.changeTags({ ...target, seenTags, tags: { kept: '3', fresh: '' } });
    expect((await admin.settings(target)).tags.value).toEqual({ kept: '3', fresh: '' });
    const rows = await database.db.select().from(audit);
    expect(rows.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 7 }, () => 'ok'));
  });

  test('of the warm throughput needs an on-demand stream, and the commitment of the account', async () => {
    const target = await knownStream();
    const warm = { ...target, seenMiBps: null, mibps: 8 };
    await expect(admin.changeWarmThroughput(warm)).rejects.toThrow(/On-Demand mode/);
    await admin.changeMode({ ...target, seenMode: 'PROVISIONED', mode: 'ON_DEMAND' });
    await expect(admin.changeWarmThroughput(warm)).rejects.toThrow(
      /MinimumThroughputBillingCommitment/,
    );
    world.engine.updateAccountSettings({ commitment: 'ENABLED' });
    await admin.changeWarmThroughput(warm);
    expect((await admin.settings(target)).settings.warmThroughput).toEqual({
      targetMiBps: 8,
      currentMiBps: 8,
    });
    await expect(admin.changeWarmThroughput(warm)).rejects.toThrow(/has become 8 MiB\/s/);
    await expect(admin.changeWarmThroughput({ ...warm, mibps: 10_241 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  test('tells that some tags are gone where AWS refuses to set the others', async () => {
    const target = await knownStream();
    const seenTags = { old: '1', kept: '2' };
    world.engine.tagStream({ streamName: NAME, tags: seenTags });
    fault({ effect: { type: 'deny' }, operation: 'AddTagsToStream' });
    const change = admin.changeTags({ ...target, seenTags, tags: { kept: '3' } });
    await expect(change).rejects.toThrow(
      /^old was removed, but the other tags were not set: .*AddTagsToStream/,
    );
    expect((await admin.settings(target)).tags.value).toEqual({ kept: '2' });
  });

  test('does not call tags as before of which some are gone', async () => {
    const target = await knownStream();
    const seenTags = { old: '1', kept: '2' };
    world.engine.tagStream({ streamName: NAME, tags: seenTags });
    fault({ effect: { type: 'lose-answer' }, operation: 'RemoveTagsFromStream' });
    const change = admin.changeTags({ ...target, seenTags, tags: { kept: '3' } });
    await expect(change).rejects.toThrow(/^Not all of it was done: .* neither as before nor/);
  });

  test('is refused where somebody else was faster, and says what is now', async () => {
    const target = await knownStream();
    const both = await Promise.allSettled([
      admin.changeRetention({ ...target, seenHours: 24, hours: 48 }),
      admin.changeRetention({ ...target, seenHours: 24, hours: 72 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const now = present().retentionHours;
    await expect(
      admin.changeRetention({ ...target, seenHours: 24, hours: 96 }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(`has become ${now} h since you looked`),
    });
    expect(present().retentionHours).toBe(now);
  });

  test('is refused while another one of the same stream is under way in any process', async () => {
    const target = await knownStream();
    await withNameLock(database, `stream ${CONNECTION}/${NAME}`, async () => {
      await expect(
        admin.changeRetention({ ...target, seenHours: 24, hours: 48 }),
      ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('under way') });
    });
    expect(present().retentionHours).toBe(24);
  });

  test('is refused of a namesake that was made since', async () => {
    const target = await knownStream();
    world.engine.deleteStream({ streamName: NAME });
    world.engine.createStream({ streamName: NAME, shardCount: 1 });
    // Two lives within one millisecond would be told apart by nobody.
    await database.db.update(stream).set({ createdAtMs: present().createdAtMs - 1 });
    const change = admin.changeRetention({ ...target, seenHours: 24, hours: 48 });
    await expect(change).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('another one bears its name now'),
    });
    expect(present().retentionHours).toBe(24);
  });

  test('is not made where it changes nothing or breaks a rule', async () => {
    const target = await knownStream();
    for (const hours of [24, 23, 8_761]) {
      const change = admin.changeRetention({ ...target, seenHours: 24, hours });
      await expect(change).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
    const tags = admin.changeTags({ ...target, seenTags: {}, tags: { 'aws:x': '' } });
    await expect(tags).rejects.toThrow(/belong to AWS/);
  });

  test('tells the refusal of AWS in its words', async () => {
    const target = await knownStream();
    await admin.changeMode({ ...target, seenMode: 'PROVISIONED', mode: 'ON_DEMAND' });
    await admin.changeMode({ ...target, seenMode: 'ON_DEMAND', mode: 'PROVISIONED' });
    const third = admin.changeMode({ ...target, seenMode: 'PROVISIONED', mode: 'ON_DEMAND' });
    await expect(third).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      message: expect.stringContaining('2 times per rolling 24 hour period'),
    });
  });

  test('whose answer is lost is found out and not sent again', async () => {
    const target = await knownStream();
    fault({ effect: { type: 'lose-answer' }, operation: 'IncreaseStreamRetentionPeriod' });
    const outcome = await admin.changeRetention({ ...target, seenHours: 24, hours: 48 });
    expect(outcome).toEqual({ answered: false });
    expect(world.faults.listFaults()).toMatchObject([{ hits: 1 }]);
  });

  test('whose answer is lost is waited for while the stream is UPDATING', async () => {
    await procedures.close();
    await begin({ transitionMs: 2_500 });
    const target = await knownStream();
    await expect.poll(() => present().status, { timeout: 10_000 }).toBe('ACTIVE');
    fault({ effect: { type: 'lose-answer' }, operation: 'UpdateMaxRecordSize' });
    const outcome = await admin.changeMaxRecordSize({ ...target, seenKiB: 1_024, kib: 2_048 });
    expect(outcome).toEqual({ answered: false });
    expect(present()).toMatchObject({ status: 'ACTIVE', maxRecordKiB: 2_048 });
    expect(world.faults.listFaults()).toMatchObject([{ hits: 1 }]);
  });

  test('that was lost on the way is said not to have happened, and not sent again', async () => {
    const target = await knownStream();
    fault({ effect: { type: 'reset' }, operation: 'UpdateMaxRecordSize' });
    const change = admin.changeMaxRecordSize({ ...target, seenKiB: 1_024, kib: 2_048 });
    await expect(change).rejects.toThrow(/Nothing seems to have changed: the answer was lost/);
    expect(world.faults.listFaults()).toMatchObject([{ hits: 1 }]);
    expect(present().maxRecordKiB).toBe(1_024);
  });

  test('of which nothing can be known is said to be unknown', async () => {
    const target = await knownStream();
    beforeSending = () => {
      fault({ effect: { type: 'error' } });
    };
    const change = admin.changeMaxRecordSize({ ...target, seenKiB: 1_024, kib: 2_048 });
    await expect(change).rejects.toThrow(
      /Whether the maximum record size was changed is unknown.*Look at the stream before you try again/,
    );
  });
});

describe('a deletion', () => {
  test('wants the name typed, and takes the stream with its records', async () => {
    const target = await knownStream();
    const wrong = admin.delete({ ...target, typedName: 'order', withConsumers: false });
    await expect(wrong).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(present().status).toBe('ACTIVE');
    await admin.delete({ ...target, typedName: NAME, withConsumers: false });
    expect(world.engine.listStreams({}).streams).toEqual([]);
  });

  test('does not take consumers that nobody mentioned', async () => {
    const target = await knownStream();
    const { streamArn } = present();
    world.engine.registerStreamConsumer({ streamArn, consumerName: 'reports' });
    const silent = admin.delete({ ...target, typedName: NAME, withConsumers: false });
    await expect(silent).rejects.toThrow(/1 consumer.* registered/);
    await admin.delete({ ...target, typedName: NAME, withConsumers: true });
    expect(world.engine.listStreams({}).streams).toEqual([]);
  });

  test('whose answer is lost is found out by the stream being gone', async () => {
    const target = await knownStream();
    fault({ effect: { type: 'lose-answer' }, operation: 'DeleteStream' });
    const outcome = await admin.delete({ ...target, typedName: NAME, withConsumers: false });
    expect(outcome).toEqual({ answered: false });
  });

  test('is possible where the stream is being changed', async () => {
    await procedures.close();
    await begin({ transitionMs: 60_000 });
    const target = await knownStream();
    expect(present().status).toBe('CREATING');
    const change = admin.changeRetention({ ...target, seenHours: 24, hours: 48 });
    await expect(change).rejects.toThrow(/is CREATING.*only while it is ACTIVE/);
    await admin.delete({ ...target, typedName: NAME, withConsumers: false });
    expect(present().status).toBe('DELETING');
    const again = admin.delete({ ...target, typedName: NAME, withConsumers: false });
    await expect(again).rejects.toThrow(/being deleted already/);
  });
});

describe('a creation', () => {
  test('asks AWS for what it takes, and leaves the rest to the collector', async () => {
    await admin.create({ ...wanted, maxRecordKiB: 2_048, tags: { team: 'a' }, retentionHours: 48 });
    expect(present('clicks')).toMatchObject({
      openShardCount: 2,
      maxRecordKiB: 2_048,
      retentionHours: 24,
    });
    const [setup, ...more] = await database.db.select().from(streamSetup);
    expect(more).toEqual([]);
    expect(setup).toMatchObject({
      name: 'clicks',
      retentionHours: 48,
      keyId: null,
      requestedBy: 'somebody',
      finishedAt: null,
    });
  });

  test('takes on-demand streams without a number of shards', async () => {
    await admin.create({ ...wanted, mode: 'ON_DEMAND', shardCount: null });
    expect(present('clicks').mode).toBe('ON_DEMAND');
    expect(await database.db.select().from(streamSetup)).toEqual([]);
  });

  test.each([
    [{ streamName: 'two words' }, /is none of them/],
    [{ shardCount: 0 }, /1 or more/],
    [{ shardCount: null }, /needs shards/],
    [{ mode: 'ON_DEMAND' as const }, /takes no number of shards/],
    [{ retentionHours: 12 }, /from 24/],
    [{ keyId: 'mine' }, /A key is an id/],
    [{ maxRecordKiB: 1 }, /from 1024/],
    [{ tags: { 'aws:a': '' } }, /belong to AWS/],
  ])('is refused before AWS is asked: %j', async (wrong, words) => {
    await expect(admin.create({ ...wanted, ...wrong })).rejects.toThrow(words);
    expect(world.engine.listStreams({}).streams).toEqual([]);
  });

  test('of a name that is taken is refused; two at once make one', async () => {
    const both = await Promise.allSettled([admin.create(wanted), admin.create(wanted)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(admin.create(wanted)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Choose another name'),
    });
  });

  test('above the account quota is refused in the words of AWS', async () => {
    await expect(admin.create({ ...wanted, shardCount: 10_000 })).resolves.toBeDefined();
    const { limits } = await admin.accountLimits({ connection: CONNECTION });
    const left = (limits.value?.shardLimit ?? 0) - (limits.value?.openShardCount ?? 0);
    if (left >= 10_000) {
      await admin.create({ ...wanted, streamName: 'more', shardCount: 10_000 });
    }
    const beyond = admin.create({ ...wanted, streamName: 'beyond', shardCount: 10_000 });
    await expect(beyond).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
  });

  test('that this connection would never show is refused', async () => {
    await seedOf(database).connection('picky');
    const hidden = admin.create({ ...wanted, connection: 'picky' });
    await expect(hidden).rejects.toThrow(/patterns .* leave clicks out/);
    await seedOf(database).connection('foreign');
    const foreign = admin.create({ ...wanted, connection: 'foreign' });
    await expect(foreign).rejects.toThrow(/reads only the streams that its "streamArns" name/);
    expect(world.engine.listStreams({}).streams).toEqual([]);
  });

  test('whose answer is lost is found out', async () => {
    fault({ effect: { type: 'lose-answer' }, operation: 'CreateStream' });
    expect(await admin.create({ ...wanted, retentionHours: 48 })).toEqual({ answered: false });
    expect(world.faults.listFaults()).toMatchObject([{ hits: 1 }]);
    expect(await database.db.select().from(streamSetup)).toHaveLength(1);
  });
});

test('a read-only connection refuses with words, and AWS is not asked', async () => {
  await seedOf(database).connection('watched', 'yes');
  await expect(admin.create({ ...wanted, connection: 'watched' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('"watched" is read-only'),
  });
  expect(world.engine.listStreams({}).streams).toEqual([]);
});
