import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
} from '@trpc/client';
import type { AppRouter } from '#server/routers/app-router.ts';
import type { KinetoscopeClient } from './trpc-context.ts';

const URL_PATH = '/api/trpc';

/** For what a person waits for at the pointer: a batch is as slow as the slowest of it. */
export const ALONE = { context: { alone: true } } as const;

/**
 * Questions with partition keys or expressions in them, which are often names of people, and addresses end in logs. They
 * may be longer than an address, too.
 */
const IN_BODY: ReadonlySet<string> = new Set(['archives.sample', 'archives.checkExpression']);

/** Queries and mutations in batches over fetch, but those that go `ALONE`; subscriptions over server-sent events. */
export function makeClient(): KinetoscopeClient {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: URL_PATH }),
        false: splitLink({
          condition: ({ path }) => IN_BODY.has(path),
          true: httpLink({ url: URL_PATH, methodOverride: 'POST' }),
          false: splitLink({
            condition: (operation) => operation.context['alone'] === true,
            true: httpLink({ url: URL_PATH }),
            false: httpBatchLink({ url: URL_PATH, maxURLLength: 4_000 }),
          }),
        }),
      }),
    ],
  });
}
