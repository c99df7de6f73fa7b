import type { KinesisClient } from '@aws-sdk/client-kinesis';

/** How far AWS's clock is ahead of ours, milliseconds; 0 until an answer told. */
export type ClockSkew = { currentMs(): number };

/**
 * What one exchange tells of the difference of two clocks. The answer's Date has whole seconds, so the other
 * clock stood somewhere in that second at some time between sending and receiving: as long as ours may be the
 * same, it is taken to be; else the difference is the smallest that explains the answer.
 */
export function skewOf(sentMs: number, dateMs: number, receivedMs: number): number {
  const leastMs = dateMs - receivedMs;
  const mostMs = dateMs + 999 - sentMs;
  if (leastMs > 0) return leastMs;
  return mostMs < 0 ? mostMs : 0;
}

/**
 * Watches the Date of the client's answers. Periods end on AWS's clock: by one of ours that goes ahead, figures
 * that are still to come would be taken for silence.
 */
export function watchClockSkew(client: Pick<KinesisClient, 'middlewareStack'>): ClockSkew {
  let currentMs = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const sentMs = Date.now();
      const result = await next(args);
      const dateMs = Date.parse(dateOf(result.response) ?? '');
      if (!Number.isNaN(dateMs)) currentMs = skewOf(sentMs, dateMs, Date.now());
      return result;
    },
    { step: 'deserialize', name: 'watchClockSkew' },
  );
  return { currentMs: () => currentMs };
}

function dateOf(response: unknown): string | undefined {
  if (typeof response !== 'object' || response === null || !('headers' in response))
    return undefined;
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return undefined;
  return typeof headers.date === 'string' ? headers.date : undefined;
}
