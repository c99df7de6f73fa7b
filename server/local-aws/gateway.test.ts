import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGateway } from './gateway.ts';
import { closeServer } from './http/listen.ts';

describe('createGateway', () => {
  const says = (name: string) => ({
    handle: (_request: unknown, response: { end(text: string): unknown }) => response.end(name),
  });
  let isOpen = true;
  const gateway = createGateway(
    {
      kinesis: says('kinesis'),
      cloudwatch: says('cloudwatch'),
      sts: says('sts'),
      lambda: says('lambda'),
    },
    () => isOpen,
  );
  const ask = (headers: Record<string, string>, path = '/') =>
    fetch(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}${path}`, {
      method: 'POST',
      headers,
    });
  const signedFor = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=local/20261123/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  });

  beforeEach(async () => {
    isOpen = true;
    gateway.listen(0, '127.0.0.1');
    await once(gateway, 'listening');
  });
  afterEach(() => closeServer(gateway));

  it.each([
    ['Kinesis_20131202.ListStreams', 'kinesis'],
    ['GraniteServiceVersion20100801.GetMetricData', 'cloudwatch'],
    // Left out here.
    ['Firehose_20150804.ListDeliveryStreams', 'kinesis'],
    ['', 'kinesis'],
  ])('gives target %j to %s', async (target, service) => {
    expect(await (await ask({ 'x-amz-target': target })).text()).toBe(service);
  });

  it.each([
    ['/service/GraniteServiceVersion20100801/operation/ListMetrics', 'cloudwatch'],
    ['/2015-03-31/event-source-mappings?EventSourceArn=a', 'lambda'],
    ['/nothing', 'kinesis'],
  ])('gives %s to %s', async (path, service) => {
    expect(await (await ask({}, path)).text()).toBe(service);
  });

  it.each([
    ['monitoring', 'cloudwatch'],
    ['sts', 'sts'],
    ['lambda', 'lambda'],
    ['kinesis', 'kinesis'],
    ['sqs', 'kinesis'],
  ])('gives what is signed for %s to %s', async (name, service) => {
    expect(await (await ask(signedFor(name))).text()).toBe(service);
  });

  it('asks everybody to come again while the past is being made', async () => {
    isOpen = false;
    const answer = await ask({ 'x-amz-target': 'Kinesis_20131202.ListStreams' });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ __type: 'ServiceUnavailableException' });
  });
});
