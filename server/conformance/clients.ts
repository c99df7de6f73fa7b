import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { KinesisCborProtocol } from './cbor-protocol.ts';
import type { ClientKind } from './client-kind.ts';

export interface EndpointUrls {
  readonly kinesis: string;
  readonly cloudwatch?: string | undefined;
  readonly dynamodb?: string | undefined;
  readonly s3?: string | undefined;
}

export interface Clients {
  readonly kind: ClientKind;
  readonly urls: EndpointUrls;
  readonly region: string;
  readonly kinesis: KinesisClient;
  readonly cloudwatch: CloudWatchClient | undefined;
  readonly dynamodb: DynamoDBClient | undefined;
  readonly s3: S3Client | undefined;
  destroy(): void;
}

/** Enough for 8 cases, some of which hold subscriptions. */
const MAX_SOCKETS = 100;

/**
 * The SDK's clients, which send everything once: a retry would hide what the suite looks for.
 *
 * For loopback, credentials are made up, as emulators want some and look at none; else the SDK finds them as always.
 */
export function openClients(urls: EndpointUrls, region: string, kind: ClientKind): Clients {
  const common = (endpoint: string) => ({
    endpoint,
    region,
    maxAttempts: 1,
    ...(isLoopback(endpoint)
      ? { credentials: { accessKeyId: 'conformance', secretAccessKey: 'conformance' } }
      : {}),
  });
  const kinesis = new KinesisClient({
    ...common(urls.kinesis),
    ...(kind === 'default' ? {} : { requestHandler: http1() }),
    ...(kind === 'cbor' ? { protocol: KinesisCborProtocol } : {}),
  });
  const { cloudwatch, dynamodb, s3 } = urls;
  const others = {
    cloudwatch: cloudwatch === undefined ? undefined : new CloudWatchClient(common(cloudwatch)),
    dynamodb: dynamodb === undefined ? undefined : new DynamoDBClient(common(dynamodb)),
    s3: s3 === undefined ? undefined : new S3Client({ ...common(s3), forcePathStyle: true }),
  };
  return {
    kind,
    urls,
    region,
    kinesis,
    ...others,
    destroy() {
      for (const client of [kinesis, ...Object.values(others)]) client?.destroy();
    },
  };
}

function http1(): NodeHttpHandler {
  return new NodeHttpHandler({
    httpAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
  });
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
