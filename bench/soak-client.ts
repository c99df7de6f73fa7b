import { setTimeout as delay } from 'node:timers/promises';
import { KinesisClient, KinesisServiceException } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { KinesisCborProtocol } from '#server/conformance/cbor-protocol.ts';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';

const OPTIONS = {
  // The soak repeats by itself: only then does it know which puts may have been done twice.
  ...LOCAL_CLIENT,
  // As Java's clients speak: bytes go as they are, where the SDK's JSON spends most of its time on their base64.
  protocol: KinesisCborProtocol,
  // Hashing all that is sent would take a good part of the one core that all clients share; the world looks for a
  // signature, not at it.
  signer: {
    sign: async <T extends { headers: Record<string, string> }>(request: T) => {
      request.headers['authorization'] = 'AWS4-HMAC-SHA256 Credential=local';
      return request;
    },
  },
};

/** A client over HTTP/1.1 with connections kept for reuse. */
export function openClient(endpoint: string): KinesisClient {
  return new KinesisClient({
    ...OPTIONS,
    endpoint,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 5_000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
      // One for each shard that is read, and some.
      httpsAgent: { maxSockets: 100 },
      httpAgent: { maxSockets: 100 },
    }),
  });
}

/** A client as the SDK makes it by default: HTTP/2, which subscriptions need. */
export function openHttp2Client(endpoint: string): KinesisClient {
  return new KinesisClient({ ...OPTIONS, endpoint });
}

/** Was the request refused, so that nothing was done? A lost connection leaves that open. */
export function isRefusal(error: unknown): error is KinesisServiceException {
  return error instanceof KinesisServiceException;
}

/** Waits, or until `signal` is aborted. */
export async function rest(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}
