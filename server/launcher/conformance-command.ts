import { runConformance } from '#server/conformance/cli.ts';
import { listenForStop } from './stop-request.ts';

/**
 * `npm run conformance`. Ctrl-C ends it after what it has made is deleted, since streams at AWS cost money; a second
 * one at once.
 *
 * @returns the exit code of the suite
 */
export async function runConformanceCommand(args: readonly string[]): Promise<number> {
  const { signal, forced } = listenForStop();
  forced.addEventListener('abort', () => process.exit(1), { once: true });
  return runConformance(args, signal);
}
