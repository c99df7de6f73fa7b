import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { DualServer } from './http/dual-server.ts';
import { isLoopbackHost } from './http/loopback-host.ts';
import { type ServiceName, serviceOf } from './service-of.ts';

type Handler = { handle(request: IncomingMessage, response: ServerResponse): unknown };

/** Requests for a service that is left out go to Kinesis, which says that it does not know them. */
type Services = { readonly kinesis: Handler } & { readonly [S in ServiceName]?: Handler };

/**
 * The services of an account behind one port, over HTTP/1.1 and HTTP/2: each request says for whom it is.
 * @param isOpen while it says no, everybody is asked to come again later: a world that still makes its past is at
 * another time than its clients, and what it would tell as the present is half an hour old
 */
export function createGateway(services: Services, isOpen: () => boolean): Server {
  return new DualServer((request, response) => {
    if (!isForLoopback(request.headers)) {
      response.writeHead(403).end('Only loopback names are served here\n');
      return;
    }
    if (!isOpen()) {
      response
        .writeHead(503, { 'content-type': 'application/x-amz-json-1.1' })
        .end('{"__type":"ServiceUnavailableException","message":"The past is being made."}');
      return;
    }
    const service = services[serviceOf(request)] ?? services.kinesis;
    service.handle(request, response);
  });
}

/** HTTP/2 names the host in a pseudo-header; a client may send that and the header, and each has to be ours. */
function isForLoopback({ host, ':authority': authority }: IncomingHttpHeaders): boolean {
  const names = [host, authority].flat().filter((name) => name !== undefined);
  return names.length > 0 && names.every(isLoopbackHost);
}
