import type { WatchTarget } from '#lib/live/watch-target.ts';

/**
 * Holds the live subscription of a tab without a browser, so that the server is warm and the stream is read
 * at the cadence of one that is looked at.
 *
 * @returns what ends it
 */
export async function watchAsATab(url: string, stream: WatchTarget | null): Promise<() => void> {
  const input = encodeURIComponent(JSON.stringify({ stream }));
  const controller = new AbortController();
  const answer = await fetch(`${url}/api/trpc/live.watch?input=${input}`, {
    headers: { accept: 'text/event-stream' },
    signal: controller.signal,
  });
  if (!answer.ok || answer.body === null) {
    throw new Error(`The live subscription was refused: ${answer.status}`);
  }
  // Read and dropped: a reader that stands still would hold the server up.
  void answer.body.pipeTo(new WritableStream()).catch(() => undefined);
  return () => controller.abort();
}
