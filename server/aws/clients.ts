import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Connection, Service } from '#server/config/config.ts';
import { putInCbor } from './cbor/put-protocol.ts';
import { type ClockSkew, watchClockSkew } from './clock-skew.ts';

/** A collector comes again by itself, so a call need not try for long. */
const ATTEMPTS_MAX = 2;

export type Clients = {
  readonly kinesis: KinesisClient;
  /**
   * For what changes something: never sends twice by itself. A repeated call whose first answer was lost is
   * refused as if somebody else had been there before.
   */
  readonly kinesisOnce: KinesisClient;
  /**
   * null where the connection stands on an endpoint of its own for Kinesis and names none for CloudWatch:
   * AWS's own would then be asked about streams that it does not have.
   */
  readonly cloudwatch: CloudWatchClient | null;
  /** Where consumers keep their state, and those that AWS runs itself; null as `cloudwatch` is. */
  readonly dynamodb: DynamoDBClient | null;
  readonly lambda: LambdaClient | null;
  readonly firehose: FirehoseClient | null;
  /** Where archives lie; null as `cloudwatch` is. */
  readonly s3: S3Client | null;
  readonly clockSkew: ClockSkew;
  destroy(): void;
};

/** Makes the SDK's clients of one connection. Nothing is called before the first request. */
export function openClients(connection: Connection): Clients {
  const credentials = credentialsOf(connection);
  const settings = (service: Service) => {
    const endpoint = connection.endpoints[service];
    return {
      region: connection.region,
      credentials,
      maxAttempts: ATTEMPTS_MAX,
      ...(endpoint === undefined ? {} : { endpoint }),
      // Faster and steadier than HTTP/2 at a local endpoint; AWS's own keep the SDK's choice.
      ...(endpoint?.startsWith('http://') ? { requestHandler: plainHttpHandler() } : {}),
    };
  };
  const kinesis = new KinesisClient(settings('kinesis'));
  const kinesisOnce = new KinesisClient({ ...settings('kinesis'), maxAttempts: 1 });
  if (takesCbor(connection)) putInCbor(kinesisOnce);
  const lacks = (service: Service) =>
    connection.endpoints.kinesis !== undefined && connection.endpoints[service] === undefined;
  const cloudwatch = lacks('cloudwatch') ? null : new CloudWatchClient(settings('cloudwatch'));
  const dynamodb = lacks('dynamodb') ? null : new DynamoDBClient(settings('dynamodb'));
  const lambda = lacks('lambda') ? null : new LambdaClient(settings('lambda'));
  const firehose = lacks('firehose') ? null : new FirehoseClient(settings('firehose'));
  const s3 = lacks('s3')
    ? null
    : new S3Client({
        ...settings('s3'),
        // An archive may lie in a bucket of another region than its stream.
        followRegionRedirects: true,
        // Endpoints of one's own have no names in front of theirs.
        forcePathStyle: connection.endpoints.s3 !== undefined,
      });
  return {
    kinesis,
    kinesisOnce,
    cloudwatch,
    dynamodb,
    lambda,
    firehose,
    s3,
    // Each round lists the streams, so Kinesis alone tells often enough.
    clockSkew: watchClockSkew(kinesis),
    destroy() {
      kinesis.destroy();
      kinesisOnce.destroy();
      for (const client of [cloudwatch, dynamodb, lambda, firehose, s3]) client?.destroy();
    },
  };
}

/** AWS and the embedded world; of other endpoints some read no CBOR, or other than Java clients write. */
function takesCbor({ credentials, endpoints: { kinesis } }: Connection): boolean {
  if (kinesis === undefined || credentials.kind === 'embedded') return true;
  return /\.(?:amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/.test(new URL(kinesis).hostname);
}

function plainHttpHandler(): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: 16 },
  });
}

function credentialsOf(connection: Connection) {
  const source = connection.credentials;
  if (source.kind === 'embedded') {
    return { accessKeyId: 'local', secretAccessKey: 'local' };
  }
  const chain = fromNodeProviderChain(source.profile === null ? {} : { profile: source.profile });
  if (source.roleArn === null) {
    return chain;
  }
  const sts = connection.endpoints.sts;
  return fromTemporaryCredentials({
    masterCredentials: chain,
    params: {
      RoleArn: source.roleArn,
      RoleSessionName: 'kinetoscope',
      ...(source.externalId === null ? {} : { ExternalId: source.externalId }),
    },
    clientConfig: { region: connection.region, ...(sts === undefined ? {} : { endpoint: sts }) },
  });
}
