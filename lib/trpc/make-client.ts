import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import type { AppRouter } from '#server/routers/app-router.ts';
import type { KinetoscopeClient } from './trpc-context.ts';

const URL_PATH = '/api/trpc';

/** Queries and mutations in batches over fetch; subscriptions over server-sent events. */
export function makeClient(): KinetoscopeClient {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: URL_PATH }),
        false: httpBatchLink({ url: URL_PATH, maxURLLength: 4_000 }),
      }),
    ],
  });
}
