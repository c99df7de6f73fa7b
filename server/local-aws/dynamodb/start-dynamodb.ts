import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import dynalite from 'dynalite';
import { closeServer, listenOnLoopback } from '#server/local-aws/http/listen.ts';
import { isLoopbackHost } from '#server/local-aws/http/loopback-host.ts';

export type RunningService = { readonly port: number; close(): Promise<void> };

/** How long a table is CREATING, ms: nothing, so that a start does not wait for it. */
const TABLE_TRANSITION_MS = 0;

/**
 * An empty DynamoDB in memory, by dynalite, on 127.0.0.1.
 * @param nowMs the world's time, which answers bear as their date: dynalite itself knows the machine's alone
 */
export async function startDynamoDb(port: number, nowMs: () => number): Promise<RunningService> {
  const server = dynalite({
    createTableMs: TABLE_TRANSITION_MS,
    deleteTableMs: TABLE_TRANSITION_MS,
    updateTableMs: TABLE_TRANSITION_MS,
  });
  guardRequests(server, nowMs);
  const listeningPort = await listenOnLoopback(server, port, 'DynamoDB');
  return { port: listeningPort, close: () => closeServer(server) };
}

/**
 * dynalite throws when a client breaks off in the middle of a request, which would end the process, and
 * answers pages of any origin.
 */
function guardRequests(server: Server, nowMs: () => number): void {
  const answer = server.listeners('request')[0];
  if (answer === undefined) {
    throw new Error('dynalite no longer listens to requests as it did');
  }
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!isLoopbackHost(request.headers.host)) {
      response.writeHead(403).end('Only loopback names are served here\n');
      return;
    }
    response.setHeader('date', new Date(nowMs()).toUTCString());
    Reflect.apply(answer, server, [request, response]);
    request.removeAllListeners('error');
    request.on('error', () => response.destroy());
  });
}
