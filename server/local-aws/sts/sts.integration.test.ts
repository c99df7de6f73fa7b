import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';

let world: World;
let sts: STSClient;

beforeAll(async () => {
  world = await startWorld();
  sts = new STSClient({
    endpoint: world.endpoints.sts,
    ...LOCAL_CLIENT,
  });
});

afterAll(async () => {
  sts.destroy();
  await world.close();
});

describe('STS', () => {
  it('says whose account this is: the one that streams belong to', async () => {
    world.engine.createStream({ streamName: 's', shardCount: 1 });
    const { streamArn } = world.engine.describeStreamSummary({ streamName: 's' });
    const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));
    expect(Account).toMatch(/^\d{12}$/);
    expect(streamArn).toContain(`:${Account}:`);
    expect(Arn).toBe(`arn:aws:iam::${Account}:user/local`);
    expect(UserId).toMatch(/^AIDA[A-Z0-9]{17}$/);
  });

  it('does not let anybody assume a role, and names the action', async () => {
    const RoleArn = 'arn:aws:iam::123456789012:role/kinetoscope';
    await expect(
      sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' })),
    ).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('is not authorized to perform: sts:AssumeRole'),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('is throttled like any other service', async () => {
    world.faults.addFault({ effect: { type: 'throttle' }, count: 1 });
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'Throttling',
    });
    await sts.send(new GetCallerIdentityCommand({}));
  });
});
