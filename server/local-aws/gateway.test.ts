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
  const gateway = createGateway(says('kinesis'), says('cloudwatch'), () => isOpen);
  const ask = (target: string) =>
    fetch(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}`, {
      method: 'POST',
      headers: { 'x-amz-target': target },
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
  ])('gives %s to %s', async (target, service) => {
    expect(await (await ask(target)).text()).toBe(service);
  });

  it('asks everybody to come again while the past is being made', async () => {
    isOpen = false;
    const answer = await ask('Kinesis_20131202.ListStreams');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ __type: 'ServiceUnavailableException' });
  });
});
