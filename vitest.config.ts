import { defineConfig } from 'vitest/config';
import { LongestFirst } from './server/testing/longest-first.ts';

const INTEGRATION = '**/*.integration.test.ts';
const elsewhere = ['**/node_modules/**', '**/.next/**', '**/.state/**', 'e2e/**'];

export default defineConfig({
  test: {
    // Time zones and locales of the machine must not decide whether a test passes.
    env: { TZ: 'UTC' },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx,mjs}'],
          exclude: [...elsewhere, INTEGRATION],
          // Pure functions share what they import: a quarter of the time. A test that leaves something behind is mended.
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          // Against real processes: PostgreSQL (server/testing) and the embedded AWS world.
          name: 'integration',
          include: [INTEGRATION],
          exclude: elsewhere,
          globalSetup: ['server/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // They measure times and start processes, so more would disturb each other; but the longest mostly wait.
          maxWorkers: 6,
        },
      },
    ],
  },
});
