import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from '#server/testing/start-product.ts';
import { isProductPublished, publishProduct } from './fixtures/product.ts';

/** Of two seconds: some twenty tests make streams of their own, and none looks at how long that takes. */
const TRANSITION_SECONDS = '0.2';

/**
 * Starts the product by its real launcher; returns what stops it when all tests are done. Where the environment
 * names one that runs already (see product.ts), tests look at that: whoever writes tests need not wait.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  if (isProductPublished()) return async () => undefined;
  const statePath = await mkdtemp(join(tmpdir(), 'kinetoscope-e2e-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(statePath, { recursive: true, force: true })];
  const tearDown = async () => {
    for (const step of undo) await step();
  };
  try {
    const product = await startProduct({
      statePath,
      environment: { LOCAL_AWS_TRANSITION_SECONDS: TRANSITION_SECONDS },
    });
    undo.unshift(product.stop);
    publishProduct({ url: product.url, statePath });
    return tearDown;
  } catch (error) {
    await tearDown();
    throw error;
  }
}
