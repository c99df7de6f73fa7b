import { and, desc, eq, gte, lt } from 'drizzle-orm';
import {
  type LagFrame,
  packLagFrame,
  unpackLagFrame,
  worstOf,
} from '#lib/domain/consumers/lag-frame.ts';
import { periodStart, type Tier } from '#lib/domain/roll-up.ts';
import type { Database } from '#server/db/client.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { lagFrame } from '#server/db/schema.ts';
import { packBytes, unpackBytes } from './pack-health.ts';

export type StoredLagFrame = { readonly periodStartMs: number; readonly frame: LagFrame };

/** Frames of one length that begin in the window, oldest first. */
export async function readLagFrames(
  { db }: Pick<Database, 'db'> | { readonly db: Transaction },
  window: {
    readonly applicationId: number;
    readonly periodSeconds: number;
    readonly fromMs: number;
    readonly toMs: number;
  },
): Promise<readonly StoredLagFrame[]> {
  const rows = await db
    .select({ startsAt: lagFrame.periodStart, body: lagFrame.body })
    .from(lagFrame)
    .where(
      and(
        eq(lagFrame.applicationId, window.applicationId),
        eq(lagFrame.periodSeconds, window.periodSeconds),
        gte(lagFrame.periodStart, new Date(window.fromMs)),
        lt(lagFrame.periodStart, new Date(window.toMs)),
      ),
    )
    .orderBy(lagFrame.periodStart);
  return Promise.all(
    rows.map(async ({ startsAt, body }) => ({
      periodStartMs: startsAt.getTime(),
      frame: unpackLagFrame(await unpackBytes(body)),
    })),
  );
}

/**
 * Adds what was found at `atMs` to the frame of its period, each shard at its worst, and makes those longer periods
 * that are over since. What a collector left undone that died, the next one makes up for.
 * @param tiers finest first
 */
export async function writeLagFrame(
  tx: Transaction,
  applicationId: number,
  atMs: number,
  found: LagFrame,
  tiers: readonly Tier[],
): Promise<void> {
  const [base, ...longer] = tiers;
  if (base === undefined) return;
  const { periodSeconds } = base;
  const fromMs = periodStart(atMs, periodSeconds);
  const same = { applicationId, periodSeconds, fromMs, toMs: fromMs + 1 };
  const [before] = await readLagFrames({ db: tx }, same);
  const frame = before === undefined ? found : worstOf([before.frame, found]);
  await put(tx, applicationId, periodSeconds, { periodStartMs: fromMs, frame });
  // Only the first frame of a period ends the one before it.
  if (before !== undefined) return;
  let finer = periodSeconds;
  for (const tier of longer) {
    await rollUp(tx, applicationId, finer, tier.periodSeconds, fromMs);
    finer = tier.periodSeconds;
  }
}

/** Makes the longer periods that are over at `nowMs` and not there yet, out of those of `finerSeconds`. */
async function rollUp(
  tx: Transaction,
  applicationId: number,
  finerSeconds: number,
  periodSeconds: number,
  nowMs: number,
): Promise<void> {
  const periodMs = periodSeconds * 1000;
  const overMs = periodStart(nowMs, periodSeconds);
  const newest = await tx
    .select({ startsAt: lagFrame.periodStart })
    .from(lagFrame)
    .where(
      and(eq(lagFrame.applicationId, applicationId), eq(lagFrame.periodSeconds, periodSeconds)),
    )
    .orderBy(desc(lagFrame.periodStart))
    .limit(1);
  const doneMs = newest[0] === undefined ? 0 : newest[0].startsAt.getTime() + periodMs;
  if (doneMs >= overMs) return;
  const sources = await readLagFrames(
    { db: tx },
    {
      applicationId,
      periodSeconds: finerSeconds,
      // However long ago: while nobody collected, nothing was written.
      fromMs: doneMs,
      toMs: overMs,
    },
  );
  const periods = Map.groupBy(sources, (one) => periodStart(one.periodStartMs, periodSeconds));
  for (const [periodStartMs, frames] of periods) {
    const frame = worstOf(frames.map((one) => one.frame));
    await put(tx, applicationId, periodSeconds, { periodStartMs, frame });
  }
}

async function put(
  tx: Transaction,
  applicationId: number,
  periodSeconds: number,
  { periodStartMs, frame }: StoredLagFrame,
): Promise<void> {
  const body = await packBytes(packLagFrame(frame));
  await tx
    .insert(lagFrame)
    .values({ applicationId, periodSeconds, periodStart: new Date(periodStartMs), body })
    .onConflictDoUpdate({
      target: [lagFrame.applicationId, lagFrame.periodSeconds, lagFrame.periodStart],
      set: { body },
    });
}
