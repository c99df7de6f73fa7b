/**
 * A process with an embedded world in it, for those that must not share their event loop with it: forked, with the
 * options of `startWorld` as JSON in its first argument. Tells its parent the endpoints, and ends with it.
 */

import type { WorldEndpoints } from '#server/local-aws/environment.ts';
import { startWorld, type TestWorldOptions } from './start-world.ts';

/** What it sends once it listens. */
export interface WorldServed {
  readonly endpoints: WorldEndpoints;
}

process.on('disconnect', () => process.exit(0));
const world = await startWorld(JSON.parse(process.argv[2] ?? '{}') as TestWorldOptions);
process.send?.({ endpoints: world.endpoints } satisfies WorldServed);
