import { TRPCError } from '@trpc/server';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Role } from '#server/auth/role.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { audit } from '#server/db/schema.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { createLiveHub } from '#server/services/live/live-hub.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { appRouter } from './app-router.ts';
import { adminProcedure, createCallerFactory, operatorProcedure, router } from './procedures.ts';
import type { RequestContext } from './request-context.ts';

let testDatabase: TestDatabase;
let database: Database;
let logged: LogLine[];
let calls: string[];

type LogLine = { readonly msg: string; readonly errorId?: string; readonly path?: string };

const input = z.object({ connection: z.string(), password: z.string().optional() });

const testRouter = router({
  split: operatorProcedure
    .meta({ role: 'operator', changes: 'aws' })
    .input(input)
    .mutation(({ input: { connection } }) => {
      calls.push(`split on ${connection}`);
      return 'done';
    }),
  /** Says nothing of what it changes. */
  unsaid: operatorProcedure.input(input).mutation(() => {
    calls.push('unsaid');
  }),
  nameless: operatorProcedure.mutation(() => {
    calls.push('nameless');
  }),
  refuse: operatorProcedure.meta({ role: 'operator', changes: 'ours' }).mutation(() => {
    throw new ServiceError('conflict', 'The stream moved. Look at it again.');
  }),
  autosave: operatorProcedure
    .meta({ role: 'operator', changes: 'ours', audit: 'with-the-plan' })
    .input(input)
    .mutation(() => {
      calls.push('autosave');
    }),
  /** Changes AWS, so what it says of the audit does not count. */
  sly: operatorProcedure
    .meta({ role: 'operator', changes: 'aws', audit: 'with-the-plan' })
    .input(input)
    .mutation(() => {
      calls.push('sly');
    }),
  decide: operatorProcedure
    .meta({
      role: 'operator',
      changes: 'ours',
      about: async () => ({ was: [...calls], secret: 'hunter2' }),
    })
    .input(input)
    .mutation(() => {
      calls.push('decide');
    }),
  fall: operatorProcedure.query(() => {
    throw new Error('password=hunter2');
  }),
  ruin: adminProcedure.meta({ role: 'admin', changes: 'ours' }).mutation(() => {
    calls.push('ruin');
  }),
});

const createTestCaller = createCallerFactory(testRouter);
const createAppCaller = createCallerFactory(appRouter);

function contextOf(role: Role): RequestContext {
  const log = pino(
    { level: 'trace' },
    {
      write: (line: string) => {
        logged.push(JSON.parse(line));
      },
    },
  );
  const topologies = createTopologyCache();
  const hub = createLiveHub({ database, databaseUrl: testDatabase.url, topologies, log });
  return {
    database,
    topologies,
    hub,
    aws: createAwsConnections([
      embeddedConnectionTo({}, 'main'),
      embeddedConnectionTo({}, 'locked', { readOnly: true }),
      embeddedConnectionTo({}, 'just-locked', { readOnly: true }),
    ]),
    log,
    identity: { name: 'somebody', role },
    shutdown: new AbortController().signal,
  };
}

beforeEach(async () => {
  logged = [];
  calls = [];
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 2, onIdleError: () => {} });
  await seedOf(database).connection('main');
  await seedOf(database).connection('locked', 'yes');
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

const auditRows = () => database.db.select().from(audit).orderBy(audit.id);

test('a mutation leaves its intent and its outcome, without secrets', async () => {
  const caller = createTestCaller(contextOf('operator'));
  await expect(caller.split({ connection: 'main', password: 'hunter2' })).resolves.toBe('done');
  const [row, ...more] = await auditRows();
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    actor: 'somebody',
    role: 'operator',
    procedure: 'split',
    input: { connection: 'main', password: '[redacted]' },
    outcome: 'ok',
    error: null,
  });
  expect(row?.finishedAt).toBeInstanceOf(Date);
});

test('an autosave leaves no row, unless it would change AWS; a decision tells what it was about', async () => {
  const caller = createTestCaller(contextOf('operator'));
  await caller.autosave({ connection: 'main' });
  await caller.sly({ connection: 'main' });
  await caller.decide({ connection: 'main' });
  expect(calls).toEqual(['autosave', 'sly', 'decide']);
  expect(await auditRows()).toMatchObject([
    { procedure: 'sly', outcome: 'ok' },
    {
      procedure: 'decide',
      input: { connection: 'main', about: { was: ['autosave', 'sly'], secret: '[redacted]' } },
    },
  ]);
});

test('a mutation that fails leaves the error as its outcome', async () => {
  await expect(createTestCaller(contextOf('operator')).refuse()).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'The stream moved. Look at it again.',
  });
  expect(await auditRows()).toMatchObject([{ procedure: 'refuse', outcome: 'error' }]);
  expect((await auditRows())[0]?.error).toContain('The stream moved');
});

test('a mutation whose intent cannot be written is not run', async () => {
  await database.db.execute(sql`alter table audit rename to audit_away`);
  await expect(
    createTestCaller(contextOf('operator')).split({ connection: 'main' }),
  ).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  expect(calls).toEqual([]);
});

test('a mutation whose outcome cannot be written has run, and the log says so', async () => {
  await database.db.execute(sql`
    create function refuse() returns trigger language plpgsql as
      'begin raise exception ''no''; end'`);
  await database.db.execute(sql`
    create trigger no_outcome before update on audit for each row execute function refuse()`);
  await expect(createTestCaller(contextOf('operator')).split({ connection: 'main' })).resolves.toBe(
    'done',
  );
  expect(logged.map((line) => line.msg)).toContain('audit: the outcome was not written');
});

test('a connection that was made read-only is so before its collector says it', async () => {
  await seedOf(database).connection('just-locked', 'no');
  const caller = createTestCaller(contextOf('operator'));
  await expect(caller.split({ connection: 'just-locked' })).rejects.toMatchObject({
    message: expect.stringContaining('read-only'),
  });
  expect(calls).toEqual([]);
});

test.each(['split', 'unsaid'] as const)(
  '%s is refused on a read-only connection, and the refusal is audited',
  async (name) => {
    const caller = createTestCaller(contextOf('operator'));
    await expect(caller[name]({ connection: 'locked' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('read-only'),
    });
    expect(calls).toEqual([]);
    expect(await auditRows()).toMatchObject([{ procedure: name, outcome: 'error' }]);
  },
);

test('a mutation that changes AWS and names no connection is refused', async () => {
  await expect(createTestCaller(contextOf('operator')).nameless()).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  expect(calls).toEqual([]);
});

test('a role below the one that is stated is refused', async () => {
  await expect(createTestCaller(contextOf('operator')).ruin()).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: 'This needs the role admin; somebody has the role operator.',
  });
  await expect(
    createTestCaller(contextOf('viewer')).split({ connection: 'main' }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(calls).toEqual([]);
  expect(await auditRows()).toEqual([]);
});

test('of an unexpected error the caller gets an id, and the log the rest', async () => {
  const error: unknown = await createTestCaller(contextOf('operator'))
    .fall()
    .catch((caught: unknown) => caught);
  if (!(error instanceof TRPCError)) throw new Error('It should have been refused.');
  expect(error.message).not.toContain('hunter2');
  expect(error.cause).toBeUndefined();
  const id = /error ([0-9a-f]{8})/.exec(error.message)?.[1];
  expect(logged).toContainEqual(expect.objectContaining({ errorId: id, path: 'fall' }));
});

test('reading now asks the worker, on read-only connections too, and is audited', async () => {
  const caller = createAppCaller(contextOf('operator'));
  await caller.streams.collectNow({ connection: 'locked' });
  expect(await auditRows()).toMatchObject([
    { procedure: 'streams.collectNow', input: { connection: 'locked' }, outcome: 'ok' },
  ]);
  await expect(caller.streams.collectNow({ connection: 'nowhere' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('input that is not as the schema says is refused with words', async () => {
  const caller = createAppCaller(contextOf('viewer'));
  await expect(caller.streams.history({ streamId: 1, fromMs: 2, toMs: 1 })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('fromMs'),
  });
});

test('when the process is asked to end, event streams end by themselves', async () => {
  const shutdown = new AbortController();
  const ctx = { ...contextOf('viewer'), shutdown: shutdown.signal };
  const events = await createAppCaller(ctx).live.watch({ stream: null });
  const seen: string[] = [];
  for await (const event of events) {
    seen.push(event.type);
    if (event.type === 'snapshot') shutdown.abort();
  }
  expect(seen).toContain('snapshot');
  await ctx.hub.close();
});
