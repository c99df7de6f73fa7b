'use client';

import type { TRPCClient } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/routers/app-router.ts';

export type KinetoscopeClient = TRPCClient<AppRouter>;

/**
 * `useTRPC()` makes options for react-query: `useQuery(trpc.streams.history.queryOptions({ ... }))`,
 * `useMutation(trpc.streams.collectNow.mutationOptions())`. `useTRPCClient()` calls directly.
 */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
