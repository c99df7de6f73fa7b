'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { makeClient } from './make-client.ts';
import { TRPCProvider } from './trpc-context.ts';

/** tRPC and react-query for all that is below. Mounted once, in the layout, outside LiveProvider. */
export function ApiProvider(props: { children: ReactNode }): ReactNode {
  const [client] = useState(makeClient);
  const [queryClient] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {props.children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What changes comes by the live subscription: a query is read again where its owner says so.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: 2,
      },
    },
  });
}
