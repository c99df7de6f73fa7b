import { expect, onTestFinished, test } from 'vitest';
import { isTrouble } from '#server/conformance/known.ts';
import { renderResult } from '#server/conformance/render-report.ts';
import { forkWorld } from '#server/local-aws/testing/fork-world.ts';
import { isOfTheAccount, tryConformance } from './try-conformance.ts';

test("the account's limits are AWS's", async () => {
  const world = await forkWorld({ transitionMs: 1_000, apiRateScale: 1 });
  onTestFinished(() => world.stop());
  const results = await tryConformance(world, 'http1', isOfTheAccount);
  expect(results.filter(isTrouble).map(renderResult).join('\n')).toBe('');
  expect(results.length).toBeGreaterThan(10);
}, 120_000);
