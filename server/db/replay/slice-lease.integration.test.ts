import { eq } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import type { Intent } from '#lib/domain/replay/job/journal.ts';
import { newSlice } from '#lib/domain/replay/job/slice-progress.ts';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import { openDatabase } from '#server/db/client.ts';
import { LeaseLost } from '#server/db/collector-lease.ts';
import { SliceJournal } from '#server/jobs/replay/slice-journal.ts';
import { openTestDatabase } from '#server/testing/postgres.ts';
import { readReplaySlices } from './read-progress.ts';
import { replayRun, replaySlice } from './schema.ts';
import { commitSlice } from './slice-commit.ts';
import { type ClaimedSlice, claimSlice } from './slice-lease.ts';

const TTL_MS = 60_000;
const INTENT: Intent = {
  kind: 'intent',
  request: '1.1',
  spans: [{ object: 0, first: 0, last: 6 }],
};

it('whoever lost a slice cannot checkpoint it, and what it may have sent is counted for the next', async () => {
  const testDatabase = await openTestDatabase();
  const database = openDatabase(testDatabase.url, {
    connectionsMax: 3,
    onIdleError: () => undefined,
  });
  onTestFinished(async () => {
    await database.close();
    await testDatabase.close();
  });
  const { db } = database;
  const [run] = await db
    .insert(replayRun)
    .values({ state: 'running', draft: NEW_DRAFT, pace: NEW_DRAFT.pace, createdBy: 'somebody' })
    .returning({ id: replayRun.id });
  const runId = run?.id ?? 0;
  await db
    .insert(replaySlice)
    .values({ runId, slice: 0, progress: newSlice({ first: 0, last: 0 }, 0) });
  const claim = async (holder: string): Promise<ClaimedSlice> => {
    const claimed = await claimSlice(database, runId, holder, TTL_MS);
    if (claimed === null) throw new Error('There is nothing to take.');
    return claimed;
  };

  const first = await claim('first');
  expect(await claimSlice(database, runId, 'second', TTL_MS)).toBeNull();
  const journal = new SliceJournal(first);
  journal.intend(INTENT);
  const group = journal.take();
  await commitSlice(database, first.lease, TTL_MS, () => group.write(true));
  group.done();

  // Its lease runs out, as of one that sleeps.
  await db
    .update(replaySlice)
    .set({ expiresAt: new Date(0) })
    .where(eq(replaySlice.runId, runId));
  const second = await claim('second');
  expect(second.lease.token).toBeGreaterThan(first.lease.token);
  expect(second.progress.ledger).toMatchObject({ recordsInterrupted: 7, takeovers: 1 });

  // It wakes, and hears that all was taken.
  const { spans } = INTENT;
  journal.answer(
    {
      ...{ kind: 'answer', request: INTENT.request, acknowledged: spans, acknowledgedBytes: 70 },
      ...{ throttled: [], failed: [], unknown: [] },
    },
    null,
  );
  const late = journal.take();
  await expect(commitSlice(database, first.lease, TTL_MS, () => late.write(true))).rejects.toThrow(
    LeaseLost,
  );
  const [stored] = await readReplaySlices(database, runId);
  expect(stored?.progress).toEqual(second.progress);
});
