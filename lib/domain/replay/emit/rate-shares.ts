import { RATE_WINDOW_MS } from './rate-limit.ts';

/** A worker's part of the rates of a run, 0 .. 1, until a time on the database's clock. */
export type RateShare = {
  readonly worker: string;
  readonly part: number;
  readonly untilMs: number;
};

/** A worker that has something to send, by how many slices it holds. */
export type RateClaim = { readonly worker: string; readonly slices: number };

/**
 * Gives one worker its share anew, of one budget for all. Fair: by slices. Safe: what others have and may still use is
 * never given, so that a share grows only after another has shrunk or run out, and for a second more, as rates hold over
 * any second. A worker asks well before its share runs out, and sends nothing after.
 * @param shares all that were ever given, of which those that ran out are left out of the answer
 * @param claims of all workers that hold slices, with the one that asks
 */
export function grantShare(
  shares: readonly RateShare[],
  claims: readonly RateClaim[],
  worker: string,
  nowMs: number,
  lifeMs: number,
): { readonly granted: RateShare; readonly shares: readonly RateShare[] } {
  const inUse = shares.filter(({ untilMs }) => untilMs + RATE_WINDOW_MS > nowMs);
  const slices = claims.reduce((sum, claim) => sum + claim.slices, 0);
  const own = claims.find((claim) => claim.worker === worker)?.slices ?? 0;
  const fair = slices === 0 ? 0 : own / slices;
  const given = { part: Math.min(fair, Math.max(0, 1 - heldByOthers(inUse, worker))) };
  const granted = { worker, part: given.part, untilMs: nowMs + lifeMs };
  // Its earlier share ends now, and counts for others until its last second is over.
  const kept = inUse.map((share) =>
    share.worker === worker ? { ...share, untilMs: Math.min(share.untilMs, nowMs) } : share,
  );
  return { granted, shares: [...kept, granted] };
}

/** At most: a worker that was given several in a row uses one of them at a time. */
function heldByOthers(shares: readonly RateShare[], worker: string): number {
  const most = new Map<string, number>();
  for (const share of shares) {
    if (share.worker !== worker) {
      most.set(share.worker, Math.max(most.get(share.worker) ?? 0, share.part));
    }
  }
  return [...most.values()].reduce((sum, part) => sum + part, 0);
}
