import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { type Database, openDatabase } from './client.ts';
import {
  acquireLease,
  type CollectorLease,
  LeaseLost,
  releaseLease,
  renewLease,
  withLease,
} from './collector-lease.ts';
import { watch } from './schema.ts';

const LONG_MS = 60_000;
let testDatabase: TestDatabase;
let database: Database;

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => undefined });
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

async function take(holder: string, ttlMs = LONG_MS): Promise<CollectorLease> {
  const lease = await acquireLease(database, 'production', holder, ttlMs);
  if ('heldForMs' in lease) throw new Error(`held for ${lease.heldForMs} ms`);
  return lease;
}

const runOut = () =>
  database.db.execute(sql`update collector_lease set expires_at = clock_timestamp()`);

describe('the lease of a connection', () => {
  test('has one holder at a time', async () => {
    await take('one');
    const refused = await acquireLease(database, 'production', 'two', LONG_MS);
    expect(refused).toHaveProperty('heldForMs');
    if (!('heldForMs' in refused)) return;
    expect(refused.heldForMs).toBeGreaterThan(LONG_MS - 10_000);
    expect(refused.heldForMs).toBeLessThanOrEqual(LONG_MS);
  });

  test('of many who want it at once one gets it', async () => {
    const wishes = Array.from({ length: 8 }, (_, i) =>
      acquireLease(database, 'production', `worker-${i}`, LONG_MS),
    );
    const taken = (await Promise.all(wishes)).filter((lease) => 'token' in lease);
    expect(taken).toHaveLength(1);
  });

  test('goes over when it is released or runs out, each time with a higher token', async () => {
    const first = await take('one');
    await releaseLease(database, first);
    const second = await take('two');
    await runOut();
    const third = await take('three');
    expect(second.token).toBeGreaterThan(first.token);
    expect(third.token).toBeGreaterThan(second.token);
  });

  test('that ran out is renewed while nobody has taken it, and not after', async () => {
    const lease = await take('one');
    await runOut();
    expect(await renewLease(database, lease, LONG_MS)).toBe(true);
    expect(await acquireLease(database, 'production', 'two', LONG_MS)).toHaveProperty('heldForMs');
    await runOut();
    await take('two');
    expect(await renewLease(database, lease, LONG_MS)).toBe(false);
  });

  test('its former holder can neither write nor release', async () => {
    const former = await take('one');
    await runOut();
    const present = await take('two');
    let wrote = false;
    const writing = withLease(database, former, async () => {
      wrote = true;
    });
    await expect(writing).rejects.toBeInstanceOf(LeaseLost);
    expect(wrote).toBe(false);
    await releaseLease(database, former);
    expect(await renewLease(database, present, LONG_MS)).toBe(true);
  });

  test('cannot be taken while its holder’s transaction runs', async () => {
    const lease = await take('one', 1);
    const order: string[] = [];
    await withLease(database, lease, async (tx) => {
      const taking = acquireLease(database, 'production', 'two', LONG_MS).then(() =>
        order.push('taken'),
      );
      // The other waits at the row: the server says so.
      await expect
        .poll(async () => {
          const waiting = await database.db.execute(
            sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
          );
          return waiting.rowCount;
        })
        .toBe(1);
      await tx.select().from(watch);
      order.push('written');
      void taking;
    });
    await expect.poll(() => order).toEqual(['written', 'taken']);
  });

  test('is taken over from a holder that vanished while it wrote', async () => {
    const lease = await take('one', 1);
    const frozen = Promise.withResolvers<void>();
    const writing = withLease(database, lease, () => frozen.promise, 200);
    const outcome = expect(writing).rejects.toThrow();
    await expect
      .poll(() => acquireLease(database, 'production', 'two', LONG_MS))
      .toMatchObject({
        holder: 'two',
      });
    frozen.resolve();
    await outcome;
  });
});
