import { buildApp } from 'fauxqs';
import type { RunningService } from '#server/local-aws/dynamodb/start-dynamodb.ts';
import { isLoopbackHost } from '#server/local-aws/http/loopback-host.ts';
import { orderedStores } from './ordered-store.ts';

/** What is used of fastify's types, which fauxqs keeps to itself. */
type HookRequest = { readonly headers: { readonly host?: string } };
type HookReply = { code(status: number): { send(body: string): unknown } };

/**
 * An empty S3 in memory, by fauxqs, on 127.0.0.1. Its own `startFauxqs` listens on all interfaces
 * without a choice, so the application is built and bound here.
 */
export async function startS3(port: number): Promise<RunningService> {
  const app = buildApp({ logger: false, stores: await orderedStores() });
  app.addHook('onRequest', async (request: HookRequest, reply: HookReply) => {
    if (!isS3Host(request.headers.host)) {
      await reply.code(403).send('Only loopback names are served here\n');
    }
  });
  await app.listen({ port, host: '127.0.0.1' }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`S3: port ${port} cannot be used (${why})`, { cause: error });
  });
  const address = app.server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('S3 does not listen on a port');
  }
  return { port: address.port, close: async () => app.close() };
}

/** Loopback, or a bucket in front of localhost, as virtual-hosted-style clients write it. */
function isS3Host(host: string | undefined): boolean {
  return isLoopbackHost(host) || /^[a-z0-9.-]+\.localhost(?::\d+)?$/i.test(host ?? '');
}
