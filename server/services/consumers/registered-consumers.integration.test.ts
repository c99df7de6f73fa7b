import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#server/db/client.ts';
import { audit } from '#server/db/schema.ts';
import type { World } from '#server/local-aws/world.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import {
  type AppCaller,
  openProcedures,
  type TargetStream,
  type TestProcedures,
} from '#server/testing/open-procedures.ts';

describe('consumers of enhanced fan-out', () => {
  let procedures: TestProcedures;
  let database: Database;
  let world: World;
  let consumers: AppCaller['consumers'];
  let target: TargetStream;
  let made = 0;

  beforeAll(async () => {
    procedures = await openProcedures();
    ({ database, world } = procedures);
    await seedOf(database).connection('watched', 'yes');
    consumers = procedures.as('operator').consumers;
  });
  afterAll(() => procedures.close());

  beforeEach(async () => {
    made += 1;
    const streamName = `orders-${made}`;
    world.engine.createStream({ streamName, shardCount: 1 });
    target = await procedures.know(streamName);
  });

  const registered = () => {
    const { streamArn } = world.engine.describeStreamSummary({ streamName: target.streamName });
    return world.engine.listStreamConsumers({ streamArn }).consumers;
  };

  test('are registered and deregistered, each once, and both stand in the audit', async () => {
    const consumerName = 'search-index';
    expect(await consumers.register({ ...target, consumerName })).toEqual({ answered: true });
    const [present] = registered();
    expect(present).toMatchObject({ consumerName });
    const again = consumers.register({ ...target, consumerName });
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });

    const consumerArn = present?.consumerArn ?? '';
    const seen = { ...target, consumerName, consumerArn };
    await expect(consumers.deregister({ ...seen, typedName: 'search' })).rejects.toThrow(
      /is not the name of the consumer/,
    );
    const former = { ...seen, consumerArn: `${consumerArn}0`, typedName: consumerName };
    await expect(consumers.deregister(former)).rejects.toThrow(/registered anew/);
    expect(registered()).toHaveLength(1);
    expect(await consumers.deregister({ ...seen, typedName: consumerName })).toEqual({
      answered: true,
    });
    expect(registered()).toEqual([]);

    const rows = await database.db.select().from(audit);
    const done = rows.filter(({ outcome }) => outcome === 'ok').map(({ procedure }) => procedure);
    expect(done).toEqual(expect.arrayContaining(['consumers.register', 'consumers.deregister']));
  });

  test('whose registration was answered by nobody are found out', async () => {
    world.faults.addFault({
      effect: { type: 'lose-answer' },
      operation: 'RegisterStreamConsumer',
      count: 1,
    });
    const asked = consumers.register({ ...target, consumerName: 'reports' });
    expect(await asked).toEqual({ answered: false });
    expect(registered()).toHaveLength(1);
  });

  test('are left alone on a read-only connection, and where the name is none', async () => {
    const watched = { ...target, connection: 'watched', consumerName: 'reports' };
    await expect(consumers.register(watched)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const odd = consumers.register({ ...target, consumerName: 'two words' });
    await expect(odd).rejects.toThrow(/is no name of a consumer/);
    expect(registered()).toEqual([]);
  });
});
