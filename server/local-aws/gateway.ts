import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CLOUDWATCH_TARGET } from './cloudwatch/cloudwatch-server.ts';
import { isLoopbackHost } from './http/loopback-host.ts';

type Handler = { handle(request: IncomingMessage, response: ServerResponse): unknown };

/** Kinesis and CloudWatch behind one port: the operation's prefix says which of them is meant. */
export function createGateway(kinesis: Handler, cloudwatch: Handler): Server {
  return createServer((request, response) => {
    if (!isLoopbackHost(request.headers.host)) {
      response.writeHead(403).end('Only loopback names are served here\n');
      return;
    }
    const target = String(request.headers['x-amz-target'] ?? '');
    const service = target.startsWith(CLOUDWATCH_TARGET) ? cloudwatch : kinesis;
    service.handle(request, response);
  });
}
