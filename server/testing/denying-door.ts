import { once } from 'node:events';
import { createServer, type IncomingMessage, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is refused on the way: a service's operation, of one table where one is named. */
export type Denied = { readonly action: string; readonly table: string | null };

/** A way to a service on which some requests are refused as IAM refuses them. */
export type Door = { readonly url: string; close(): Promise<void> };

/** @param denied may change at any time */
export async function openDoor(
  service: 'dynamodb' | 'lambda',
  endpoint: string,
  denied: readonly Denied[],
): Promise<Door> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const asked = { action: `${service}:${operationOf(request)}`, table: tableIn(body) };
    if (denied.some(({ action, table }) => action === asked.action && table === asked.table)) {
      const message = `User: arn:aws:iam::123456789012:user/reader is not authorized to perform: ${asked.action} on resource: ${asked.table ?? '*'}`;
      response.writeHead(service === 'lambda' ? 403 : 400, {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-errortype': 'AccessDeniedException',
      });
      response.end(JSON.stringify({ __type: 'AccessDeniedException', message }));
      return;
    }
    const { method, headers, url } = request;
    const passed = sendRequest(new URL(url ?? '/', endpoint), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    passed.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function operationOf({ headers, url }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? '';
  // Lambda's API goes by paths.
  return url?.includes('/event-source-mappings') ? 'ListEventSourceMappings' : '';
}

function tableIn(body: Buffer): string | null {
  if (body.length === 0) return null;
  return (JSON.parse(body.toString()) as { TableName?: string }).TableName ?? null;
}
