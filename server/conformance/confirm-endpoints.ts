import { DescribeLimitsCommand } from '@aws-sdk/client-kinesis';
import type { Clients, EndpointUrls } from './clients.ts';
import { asRefusal } from './refusal.ts';
import { UsageError } from './usage-error.ts';

const PATIENCE_MS = 10_000;

/**
 * Asks Kinesis once: any answer of a service will do, since what it says is for the cases to judge.
 *
 * @throws {UsageError} when nothing answers
 */
export async function confirmEndpoints(
  { kinesis }: Clients,
  { kinesis: url }: EndpointUrls,
): Promise<void> {
  try {
    const abortSignal = AbortSignal.timeout(PATIENCE_MS);
    await kinesis.send(new DescribeLimitsCommand({}), { abortSignal });
  } catch (error) {
    if (asRefusal(error) !== undefined) return;
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new UsageError(
      `Nothing that speaks Kinesis answers at ${url} (${why}). Is it running, and is the URL right?`,
    );
  }
}
