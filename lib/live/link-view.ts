import type { LiveLinkState } from './live-link.ts';

/** What a person is told of the connection between tab and server. */
export type LinkView = {
  readonly state: 'connecting' | 'live' | 'lost';
  /** Why the server cannot read its own store; null while it can. */
  readonly problem: string | null;
  /** When it was lost, on the database's clock; null while it is not. */
  readonly lostSinceMs: number | null;
};

/** A break that heals sooner is not worth a banner. */
const LOST_AFTER_MS = 2_000;

/** @param nowMs the database's clock, as the state's `clock` estimates it */
export function linkView(state: LiveLinkState, nowMs: number): LinkView {
  const { problem, clock, lastEventAtMs } = state.live;
  if (state.brokenAtMs !== null) {
    const brokenAtMs = state.brokenAtMs + clock.offsetMs;
    if (nowMs - brokenAtMs >= LOST_AFTER_MS) {
      return { state: 'lost', problem, lostSinceMs: lastEventAtMs ?? brokenAtMs };
    }
  }
  return { state: lastEventAtMs === null ? 'connecting' : 'live', problem, lostSinceMs: null };
}
