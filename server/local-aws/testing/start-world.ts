import { silentLog } from '#server/local-aws/log.ts';
import type { ScenarioPlan } from '#server/local-aws/scenario/demo-plan.ts';
import { openWorld, type World } from '#server/local-aws/world.ts';
import { DEFAULT_WORLD, type WorldOptions } from '#server/local-aws/world-options.ts';

/** What a test of its own world may choose; everything else is as in the demo. */
export type TestWorldOptions = Partial<Omit<WorldOptions, 'ports'>>;

/**
 * A world in this process, on free ports, empty unless a scenario is asked for: streams change at once,
 * metrics are seen at once, by periods of 5 s, and operations may be called as often as a test likes. Close
 * it after the test.
 * @param plan streams, producers and applications of a test's own
 * @example
 * const world = await startWorld({ scenario: 'demo', pastMinutes: 2 });
 * const client = new KinesisClient({ endpoint: world.endpoints.kinesis, ... });
 */
export async function startWorld(
  options: TestWorldOptions = {},
  plan: ScenarioPlan | null = null,
): Promise<World> {
  return openWorld(
    {
      ...DEFAULT_WORLD,
      scenario: 'none',
      pastMinutes: 0,
      transitionMs: 0,
      apiRateScale: null,
      ...options,
      ports: { kinesis: 0, dynamodb: 0, s3: 0, admin: 0 },
    },
    silentLog,
    plan,
  );
}
