import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * HTTP/1.1 with connections kept for reuse. A call without an answer becomes an error: the SDK's own
 * default is a line on the console, and to wait on.
 */
export function patientHandler(): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 5_000,
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
  });
}
