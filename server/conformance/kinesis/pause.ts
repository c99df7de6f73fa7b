import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseTools } from '#server/conformance/case-tools.ts';

/** Lets time pass at the endpoint where the case is about time: less only when the case is over. */
export async function pause(t: CaseTools, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal: t.signal });
}
