import { setTimeout as sleep } from 'node:timers/promises';
import { asRefusal } from './refusal.ts';

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_000;

/**
 * True for what AWS answers when an account calls an operation too often, which says nothing about the case: e.g.
 * "Rate exceeded for stream x under account y." A shard's limit has its own exception and is not meant.
 */
function isCalledTooOften(error: unknown): boolean {
  const refusal = asRefusal(error);
  if (refusal === undefined) return false;
  if (refusal.name === 'ThrottlingException') return true;
  return (
    refusal.name === 'LimitExceededException' && /rate (limit )?exceeded/i.test(refusal.message)
  );
}

/**
 * Sends, and again while the account's call rate is the only thing against it. Without a limit of its own: the
 * signal ends it, and then the refusal is what the caller gets.
 */
export async function sendPatiently<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await send();
    } catch (error) {
      if (!isCalledTooOften(error) || signal.aborted) throw error;
      // Apart from each other: cases which were refused together must not come back together.
      await sleep(waitMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw error;
    }
  }
}
