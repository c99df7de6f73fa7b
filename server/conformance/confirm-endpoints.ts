import { DescribeLimitsCommand } from '@aws-sdk/client-kinesis';
import type { Clients, EndpointUrls } from './clients.ts';
import { asRefusal } from './refusal.ts';
import { UsageError } from './usage-error.ts';

const PATIENCE_MS = 10_000;

/**
 * Asks each endpoint once: any answer will do, since what it says is for the cases to judge.
 *
 * @throws {UsageError} when one does not answer
 */
export async function confirmEndpoints({ kinesis }: Clients, urls: EndpointUrls): Promise<void> {
  const abortSignal = AbortSignal.timeout(PATIENCE_MS);
  try {
    await kinesis.send(new DescribeLimitsCommand({}), { abortSignal });
  } catch (error) {
    if (asRefusal(error) === undefined) {
      throw noAnswer('Nothing that speaks Kinesis answers', urls.kinesis, error);
    }
  }
  const { cloudwatch, dynamodb, s3 } = urls;
  for (const [name, url] of Object.entries({ cloudwatch, dynamodb, s3 })) {
    if (url === undefined) continue;
    try {
      const response = await fetch(url, { signal: abortSignal });
      await response.arrayBuffer();
    } catch (error) {
      throw noAnswer(`What --${name} names does not answer`, url, error);
    }
  }
}

function noAnswer(what: string, url: string, error: unknown): UsageError {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new UsageError(`${what} at ${url} (${why}). Is it running, and is the URL right?`);
}
