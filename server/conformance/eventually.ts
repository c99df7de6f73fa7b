import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 1_000;

/** What was asked for did not come about in time; the message says what was seen last. */
export class NeverSeenError extends Error {
  override readonly name = 'NeverSeenError';
}

/**
 * Asks again until an answer is not undefined: at once, then after 20 ms, doubling up to 1 s, since AWS takes half a
 * minute where an emulator takes milliseconds.
 *
 * @param signal the case's deadline
 * @throws {NeverSeenError} when the deadline passes first
 */
export async function eventually<T>(
  what: string,
  signal: AbortSignal,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    if (signal.aborted) throw new NeverSeenError(`${what}: not before the deadline`);
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}
