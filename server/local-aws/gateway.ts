import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { CLOUDWATCH_TARGET } from './cloudwatch/cloudwatch-server.ts';
import { DualServer } from './http/dual-server.ts';
import { isLoopbackHost } from './http/loopback-host.ts';

type Handler = { handle(request: IncomingMessage, response: ServerResponse): unknown };

/**
 * Kinesis and CloudWatch behind one port, over HTTP/1.1 and HTTP/2: the operation's prefix says which of them is meant.
 * @param isOpen while it says no, everybody is asked to come again later: a world that still makes its past is at
 * another time than its clients, and what it would tell as the present is half an hour old
 */
export function createGateway(
  kinesis: Handler,
  cloudwatch: Handler,
  isOpen: () => boolean,
): Server {
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
    const target = String(request.headers['x-amz-target'] ?? '');
    const service = target.startsWith(CLOUDWATCH_TARGET) ? cloudwatch : kinesis;
    service.handle(request, response);
  });
}

/** HTTP/2 names the host in a pseudo-header; a client may send that and the header, and each has to be ours. */
function isForLoopback({ host, ':authority': authority }: IncomingHttpHeaders): boolean {
  const names = [host, authority].flat().filter((name) => name !== undefined);
  return names.length > 0 && names.every(isLoopbackHost);
}
