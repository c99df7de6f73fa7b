import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { CollectionFailure } from '#lib/domain/freshness.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { setAccountLimits, setAccountLimitsFailure } from '#server/db/spending/account-limits.ts';
import { addApiUse } from '#server/db/spending/api-use.ts';
import type { Collection } from './collection.ts';
import { retryDelayMs } from './due.ts';
import { failureSince } from './failure.ts';
import { type Loop, startLoop } from './loop.ts';

/** The account's quotas change when somebody reshards or asks AWS for more. */
const LIMITS_EVERY_SECONDS = 300;

/** Calls are told of often enough that the last minute is never half known for long. */
const USE_EVERY_MS = 10_000;

/** What is known of quotas: those of the account, and how much of the APIs' own we use. */
export function startQuotaLoops(collection: Collection, signal: AbortSignal): readonly Loop[] {
  const { aws, connection, database } = collection;
  let told: Readonly<Record<string, number>> = aws.callCounts();

  let failuresInARow = 0;
  let failure: CollectionFailure | null = null;
  const limits = startLoop(async () => {
    try {
      const account = await aws.describeLimits(signal);
      await collection.write((tx) => setAccountLimits(tx, connection.name, account));
      failuresInARow = 0;
      failure = null;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AwsFailure)) throw error;
      const since = failureSince(failure, error, await readServerTimeMs(database));
      failure = since;
      await collection.write((tx) => setAccountLimitsFailure(tx, connection.name, since));
      // A world that is starting answers soon; who is not allowed to ask is not asked for long.
      failuresInARow += 1;
      return retryDelayMs(failuresInARow, LIMITS_EVERY_SECONDS);
    }
    return LIMITS_EVERY_SECONDS * 1000;
  }, signal);

  const use = startLoop(async () => {
    const counts: Readonly<Record<string, number>> = aws.callCounts();
    const since = Object.entries(counts).map(
      ([api, count]) => [api, count - (told[api] ?? 0)] as const,
    );
    await addApiUse(database, connection.name, new Map(since));
    told = counts;
    return USE_EVERY_MS;
  }, signal);

  return [limits, use];
}
