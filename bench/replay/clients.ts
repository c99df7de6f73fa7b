import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';

/** A plain client of the SDK, over HTTP/1.1 with connections that are kept. */
export function openKinesis(endpoint: string, attemptsMax: number): KinesisClient {
  return new KinesisClient({
    ...LOCAL_CLIENT,
    endpoint,
    maxAttempts: attemptsMax,
    requestHandler: new NodeHttpHandler({ httpAgent: { keepAlive: true, maxSockets: 50 } }),
  });
}

export function openS3(endpoint: string): S3Client {
  return new S3Client({ ...LOCAL_CLIENT, endpoint, forcePathStyle: true });
}
