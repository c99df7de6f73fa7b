import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { failureSince, sameFailure } from '#server/collector/failure.ts';
import { setConsumerDiscovery } from '#server/db/consumers/consumer-discovery.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ConsumerCollection } from './consumer-collection.ts';

/**
 * Asks an API that consumers are found by, and writes down how it answered. One that fails hides its own kind of
 * consumer, and nothing else.
 * @returns null where it failed
 */
export async function askApi<T>(
  consumers: ConsumerCollection,
  api: string,
  signal: AbortSignal,
  ask: () => Promise<T>,
): Promise<T | null> {
  const { collection, failures } = consumers;
  const { connection, database, write } = collection;
  try {
    const answer = await ask();
    failures.delete(api);
    await write((tx) => setConsumerDiscovery(tx, connection.name, api, null));
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AwsFailure)) throw error;
    const before = failures.get(api) ?? null;
    const failure = failureSince(before, error, await readServerTimeMs(database));
    failures.set(api, failure);
    if (!sameFailure(before, failure)) {
      collection.log.warn({ api, cause: failure.message }, 'consumers of a kind cannot be found');
      await write((tx) => setConsumerDiscovery(tx, connection.name, api, failure));
    }
    return null;
  }
}
