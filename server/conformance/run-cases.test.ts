import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeLimitsCommand } from '@aws-sdk/client-kinesis';
import { afterEach, expect, test } from 'vitest';
import { apiReference, type Case, defineCase } from './case.ts';
import { openClients } from './clients.ts';
import { runCases } from './run-cases.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Answer = Parameters<typeof createServer>[1];

/** An endpoint which answers everything like this. */
async function endpoint(answer: NonNullable<Answer>): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function verdictOf(url: string, run: Case['run'], more: Partial<Case> = {}) {
  const clients = openClients({ kinesis: url }, 'us-east-1', 'http1');
  closers.push(() => clients.destroy());
  const one = defineCase({
    name: 'DescribeLimits / a case of this test',
    operation: 'DescribeLimits',
    behaviour: 'success',
    expected: 'one shard',
    source: apiReference('DescribeLimits', 'none'),
    run,
    ...more,
  });
  const { results } = await runCases([one], { clients, deadlineSeconds: 0.5, concurrency: 1 });
  return { verdict: results[0]?.verdict, seen: results[0]?.seen ?? '' };
}

const askLimits: Case['run'] = async (t) => {
  const { OpenShardCount } = await t.kinesis.send(new DescribeLimitsCommand({}));
  t.same('OpenShardCount', OpenShardCount, 1);
};

function json(status: number, body: unknown): NonNullable<Answer> {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  };
}

test('what is as expected is the same', async () => {
  const url = await endpoint(json(200, { OpenShardCount: 1 }));
  expect(await verdictOf(url, askLimits)).toEqual({ verdict: 'same', seen: 'OpenShardCount: 1' });
});

test('another value differs, and both are told', async () => {
  const url = await endpoint(json(200, { OpenShardCount: 2 }));
  expect(await verdictOf(url, askLimits)).toEqual({
    verdict: 'differs',
    seen: 'OpenShardCount: 2, not 1',
  });
});

test('an exception that nobody expected differs', async () => {
  const url = await endpoint(json(400, { __type: 'InvalidArgumentException', message: 'no' }));
  expect(await verdictOf(url, askLimits)).toEqual({
    verdict: 'differs',
    seen: 'stopped by InvalidArgumentException (400): no',
  });
});

test('an endpoint that answers 500 differs', async () => {
  const url = await endpoint(json(500, {}));
  expect((await verdictOf(url, askLimits)).verdict).toBe('differs');
});

test('an endpoint that closes its connections is an error', async () => {
  const url = await endpoint((request) => request.socket.destroy());
  const { verdict, seen } = await verdictOf(url, askLimits);
  expect(verdict).toBe('error');
  expect(seen).not.toBe('');
});

test('an endpoint that never answers is an error by the deadline', async () => {
  const url = await endpoint(() => undefined);
  const { verdict } = await verdictOf(url, askLimits);
  expect(verdict).toBe('error');
});

test('a case that ends never is given up by the deadline', async () => {
  const url = await endpoint(json(200, {}));
  const { verdict, seen } = await verdictOf(url, () => new Promise(() => undefined));
  expect(verdict).toBe('error');
  expect(seen).toBe('no end within 0.5 s');
});

test('a case that compares nothing is an error', async () => {
  const url = await endpoint(json(200, {}));
  expect((await verdictOf(url, async () => undefined)).verdict).toBe('error');
});

test('a refusal is compared by name and by message', async () => {
  const url = await endpoint(
    json(400, { __type: 'com.amazonaws#LimitExceededException', message: 'too many shards' }),
  );
  const send: Case['run'] = (t) =>
    t.refused(
      'LimitExceededException',
      () => t.kinesis.send(new DescribeLimitsCommand({})),
      /tags/,
    );
  expect(await verdictOf(url, send)).toEqual({
    verdict: 'differs',
    seen: 'LimitExceededException (400): too many shards',
  });
});

test('a call that should have been refused is told with its answer', async () => {
  const url = await endpoint(json(200, { OpenShardCount: 3 }));
  const send: Case['run'] = (t) =>
    t.refused('LimitExceededException', () => t.kinesis.send(new DescribeLimitsCommand({})));
  expect(await verdictOf(url, send)).toEqual({
    verdict: 'differs',
    seen: 'accepted: {"OpenShardCount":3}',
  });
});

test('the call rate of the account is waited out, and hides nothing from impatient cases', async () => {
  let calls = 0;
  const url = await endpoint((request, response) => {
    calls += 1;
    const refuse = calls === 1;
    json(
      refuse ? 400 : 200,
      refuse
        ? { __type: 'LimitExceededException', message: 'Rate exceeded for account 1.' }
        : { OpenShardCount: 1 },
    )(request, response);
  });
  expect((await verdictOf(url, askLimits)).verdict).toBe('same');
  calls = 0;
  const impatient: Case['run'] = (t) =>
    t.refused('LimitExceededException', () =>
      t.impatientKinesis.send(new DescribeLimitsCommand({})),
    );
  expect((await verdictOf(url, impatient)).verdict).toBe('same');
});

test('a case that needs what the run has not is not applicable', async () => {
  const url = await endpoint(json(200, {}));
  expect(await verdictOf(url, askLimits, { needs: { endpoint: 's3' } })).toEqual({
    verdict: 'not-applicable',
    seen: 'no --s3 was given',
  });
});

test('what a case wants undone is undone after a failure too', async () => {
  const url = await endpoint(json(500, {}));
  let undone = false;
  await verdictOf(url, async (t) => {
    t.afterwards(async () => {
      undone = true;
    });
    await askLimits(t);
  });
  expect(undone).toBe(true);
});

test('a run that is stopped gives up what is under way, undoes it, and begins nothing more', async () => {
  const url = await endpoint(() => undefined);
  const clients = openClients({ kinesis: url }, 'us-east-1', 'http1');
  closers.push(() => clients.destroy());
  const stop = new AbortController();
  let begun = 0;
  let undone = 0;
  const cases = ['one', 'two'].map((name) =>
    defineCase({
      name: `DescribeLimits / ${name}`,
      operation: 'DescribeLimits',
      behaviour: 'success',
      expected: 'one shard',
      source: apiReference('DescribeLimits', 'none'),
      async run(t) {
        begun += 1;
        t.afterwards(async () => {
          undone += 1;
        });
        stop.abort();
        await askLimits(t);
      },
    }),
  );
  const { results } = await runCases(cases, {
    clients,
    deadlineSeconds: 60,
    concurrency: 1,
    stop: stop.signal,
  });
  expect({ begun, undone, results }).toEqual({ begun: 1, undone: 1, results: [] });
});
