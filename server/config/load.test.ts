import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from './load.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetoscope-config-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (text: string, name = 'kinetoscope.config.yaml') =>
  writeFileSync(join(folder, name), text);

function complaint(env: Record<string, string> = {}): string {
  try {
    loadConfig(env, folder);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('without configuration', () => {
  test('there is no connection, and no database of ours', () => {
    expect(loadConfig({}, folder)).toEqual({ connections: [], databaseUrl: null });
  });

  test('a shell that is set up for AWS is no connection', () => {
    const env = { AWS_PROFILE: 'work', AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIA' };
    expect(loadConfig(env, folder).connections).toEqual([]);
  });

  test('an empty file says nothing', () => {
    write('# nothing yet\n');
    expect(loadConfig({}, folder).connections).toEqual([]);
  });
});

describe('the file', () => {
  test('gives connections, complete with defaults', () => {
    write(`
databaseUrl: postgresql://db.internal/kinetoscope
connections:
  - name: production
    region: eu-central-1
    roleArn: arn:aws:iam::123456789012:role/kinetoscope
    externalId: kinetoscope
    exclude: [tmp-*]
    readOnly: true
    cadence: { watchedSeconds: 30 }
`);
    const { connections, databaseUrl } = loadConfig({}, folder);
    expect(databaseUrl).toBe('postgresql://db.internal/kinetoscope');
    expect(connections).toEqual([
      {
        name: 'production',
        region: 'eu-central-1',
        source: 'AWS',
        credentials: {
          kind: 'chain',
          profile: null,
          roleArn: 'arn:aws:iam::123456789012:role/kinetoscope',
          externalId: 'kinetoscope',
        },
        endpoints: {},
        streamArns: [],
        include: [],
        exclude: ['tmp-*'],
        readOnly: true,
        metrics: { periodSeconds: 60, delaySeconds: 120, also: ['success', 'latency'] },
        cadence: { watchedSeconds: 30, unwatchedSeconds: 300, topologySeconds: 60 },
        consumers: {
          discoverySeconds: 300,
          watchedSeconds: 10,
          unwatchedSeconds: 60,
          tableShare: 0.1,
          onDemandUnitsPerSecond: 25,
          observationHours: 2,
          probe: false,
        },
        quotaShare: 0.2,
        budgetDollarsPerDay: 1,
        backfillHours: 3,
      },
    ]);
  });

  test('has no cadence shorter than a period where nothing comes late: nothing newer would be there', () => {
    const cadenceWith = (delaySeconds: number) => {
      write(`
connections:
  - name: lived
    region: us-east-1
    endpoints: { cloudwatch: "http://127.0.0.1:4566" }
    metrics: { periodSeconds: 60, delaySeconds: ${delaySeconds} }
    cadence: { watchedSeconds: 5, unwatchedSeconds: 300, topologySeconds: 5 }
`);
      return loadConfig({}, folder).connections[0]?.cadence;
    };
    expect(cadenceWith(0)).toEqual({
      watchedSeconds: 60,
      unwatchedSeconds: 300,
      topologySeconds: 5,
    });
    expect(cadenceWith(1)).toMatchObject({ watchedSeconds: 5 });
  });

  test('may name streams by their ARNs, of one region and of different names', () => {
    const arnOf = (account: string, name: string, region = 'us-east-1') =>
      `"arn:aws:kinesis:${region}:${account}:stream/${name}"`;
    const connectionWith = (...arns: string[]) =>
      write(`connections: [{ name: a, region: us-east-1, streamArns: [${arns.join(', ')}] }]`);
    connectionWith(arnOf('123456789012', 'orders'), arnOf('210987654321', 'clicks'));
    expect(loadConfig({}, folder).connections[0]?.streamArns).toHaveLength(2);
    connectionWith(arnOf('123456789012', 'orders'), arnOf('210987654321', 'orders'));
    expect(complaint()).toMatch(/streamArns\[1\]: bears the name "orders" as number 1 does/);
    connectionWith(arnOf('123456789012', 'orders', 'eu-west-1'));
    expect(complaint()).toMatch(
      /streamArns\[0\]: lies in eu-west-1, and the connection in us-east-1/,
    );
    connectionWith('"orders"');
    expect(complaint()).toMatch(/streamArns\[0\]: is no ARN of a stream/);
  });

  test('may set the budget by the environment', () => {
    const budget = (text: string) =>
      loadConfig(
        { KINETOSCOPE_REGION: 'us-east-1', KINETOSCOPE_BUDGET_DOLLARS_PER_DAY: text },
        folder,
      ).connections[0]?.budgetDollarsPerDay;
    expect([budget('2.5'), budget('none'), budget('')]).toEqual([2.5, null, 1]);
    expect(
      complaint({ KINETOSCOPE_REGION: 'us-east-1', KINETOSCOPE_BUDGET_DOLLARS_PER_DAY: 'much' }),
    ).toContain('KINETOSCOPE_BUDGET_DOLLARS_PER_DAY: takes dollars a day above 0');
  });

  test('may do without a budget', () => {
    write('connections: [{ name: a, region: us-east-1, budgetDollarsPerDay: none }]');
    expect(loadConfig({}, folder).connections[0]?.budgetDollarsPerDay).toBeNull();
  });

  test('may be another one, but then it has to be there', () => {
    write('connections: [{ name: other, region: us-east-1 }]', 'other.yaml');
    const env = { KINETOSCOPE_CONFIG: 'other.yaml' };
    expect(loadConfig(env, folder).connections.map((c) => c.name)).toEqual(['other']);
    expect(complaint({ KINETOSCOPE_CONFIG: 'missing.yaml' })).toMatch(
      /missing\.yaml does not exist.*\n.*KINETOSCOPE_CONFIG/,
    );
  });

  test('an error names file, place and remedy', () => {
    write('connections:\n  - name: production\n    regoin: eu-central-1\n');
    const lines = complaint().split('\n');
    expect(lines[0]).toContain(join(folder, 'kinetoscope.config.yaml'));
    expect(lines).toContain('  connections[0].region: needs an AWS region, e.g. "eu-central-1"');
    expect(lines).toContain('  connections[0]: unknown key "regoin". Did you mean "region"?');
  });

  test.each([
    [
      'connections: [{ name: a, region: us-east-1, cadence: { watched: 3 } }]',
      /cadence: unknown key "watched"/,
    ],
    ['conections: []', /unknown key "conections". Did you mean "connections"/],
    ['connections: [{ name: a, region: Frankfurt }]', /connections\[0\]\.region: is no AWS region/],
    ['connections: [{ name: A, region: us-east-1 }]', /connections\[0\]\.name: takes lower case/],
    [
      'connections: [{ name: a, region: us-east-1, externalId: abc }]',
      /externalId: belongs to a role/,
    ],
    [
      'connections: [{ name: a, region: us-east-1, endpoints: { kinesis: "localhost:4566" } }]',
      /http:\/\//,
    ],
    [
      'connections: [{ name: a, region: us-east-1 }, { name: a, region: us-east-2 }]',
      /"a" is the name of two/,
    ],
    [
      'connections: [{ name: a, region: us-east-1, exclude: [*-test] }]',
      /is not YAML[\s\S]*in quotes/,
    ],
    [
      'connections: [{ name: a, region: us-east-1, budgetDollarsPerDay: 0 }]',
      /budgetDollarsPerDay: takes dollars a day above 0, e\.g\. 1, or "none"/,
    ],
    ['connections:', /connections: takes a list, e\.g\. \[\{ name:/],
    ['connections: production', /connections: takes a list/],
    ['connections: [production]', /connections\[0\]: takes keys and values, at least "name"/],
    ['just words', /takes keys and values, e\.g\. connections/],
    [
      'connections: [{ name: a, region: us-east-1, include: orders-* }]',
      /include: takes a list of patterns, e\.g\. \["orders-\*"\]/,
    ],
    [
      'connections: [{ name: a, region: us-east-1, profile: 12 }]',
      /profile: takes a text; put it in quotes/,
    ],
    [
      'connections: [{ name: a, region: us-east-1, profile: null }]',
      /profile: takes a text, or is left out/,
    ],
    [
      'connections: [{ name: a, region: us-east-1, quotaShare: "0.5" }]',
      /quotaShare: takes a number, without quotes/,
    ],
    [
      'connections: [{ name: a, region: us-east-1, cadence: 30 }]',
      /cadence: takes keys and values, e\.g\. \{ watchedSeconds: 60 \}/,
    ],
    [
      'connections: [{ name: a, region: us-east-1, metrics: { periodSeconds: 45 } }]',
      /metrics\.periodSeconds: is no period that CloudWatch serves: takes 1, 5/,
    ],
    [
      'connections: [{ name: a, region: us-east-1, metrics: { periodSeconds: 5 } }]',
      /metrics\.periodSeconds: takes at least 60 s/,
    ],
    ['connections: [', /is not YAML[\s\S]*line 1/],
  ])('refuses %s', (text, words) => {
    write(text);
    expect(complaint()).toMatch(words);
  });

  test('periods under a minute are for endpoints that have them', () => {
    write(`connections:
  - name: local
    region: us-east-1
    endpoints: { cloudwatch: "http://127.0.0.1:4566" }
    metrics: { periodSeconds: 5 }`);
    expect(loadConfig({}, folder).connections[0]?.metrics.periodSeconds).toBe(5);
  });

  test('secrets are refused and not repeated', () => {
    write('connections: [{ name: a, region: us-east-1, secretAccessKey: hunter2 }]');
    expect(complaint()).toMatch(/secretAccessKey: secrets do not belong/);
    expect(complaint()).not.toContain('hunter2');
  });
});

describe('the environment', () => {
  test('describes one connection', () => {
    const env = {
      KINETOSCOPE_CONNECTION_NAME: 'local',
      KINETOSCOPE_REGION: 'us-east-1',
      KINETOSCOPE_ENDPOINT_KINESIS: 'http://127.0.0.1:4566',
      KINETOSCOPE_INCLUDE: 'orders-*, payments',
      KINETOSCOPE_READ_ONLY: 'yes',
    };
    expect(loadConfig(env, folder).connections).toMatchObject([
      {
        name: 'local',
        source: '127.0.0.1:4566',
        endpoints: { kinesis: 'http://127.0.0.1:4566' },
        include: ['orders-*', 'payments'],
        readOnly: true,
      },
    ]);
  });

  test('takes the region of the shell once there is a connection', () => {
    const env = { KINETOSCOPE_PROFILE: 'work', AWS_REGION: 'eu-west-1' };
    expect(loadConfig(env, folder).connections).toMatchObject([
      { name: 'default', region: 'eu-west-1', credentials: { profile: 'work' } },
    ]);
  });

  test('stands beside the file, under a name of its own', () => {
    write('connections: [{ name: default, region: us-east-1 }]');
    expect(complaint({ KINETOSCOPE_REGION: 'us-east-2' })).toContain('KINETOSCOPE_CONNECTION_NAME');
    const env = { KINETOSCOPE_REGION: 'us-east-2', KINETOSCOPE_CONNECTION_NAME: 'second' };
    expect(loadConfig(env, folder).connections.map((c) => c.name)).toEqual(['default', 'second']);
  });

  test('a misspelt variable opens no embedded world', () => {
    expect(complaint({ KINETOSCOPE_REIGON: 'eu-central-1' })).toContain(
      'KINETOSCOPE_REIGON: unknown variable. Did you mean KINETOSCOPE_REGION?',
    );
  });

  test('errors name the variable', () => {
    expect(complaint({ KINETOSCOPE_ROLE_ARN: 'admin' })).toMatch(
      /KINETOSCOPE_ROLE_ARN: is no role/,
    );
    expect(complaint({ KINETOSCOPE_READ_ONLY: 'maybe' })).toMatch(
      /KINETOSCOPE_READ_ONLY: is true or false/,
    );
  });

  test('DATABASE_URL goes before the file, and a wrong one is not repeated', () => {
    write('databaseUrl: postgresql://file/db');
    expect(loadConfig({ DATABASE_URL: 'postgresql://env/db' }, folder).databaseUrl).toBe(
      'postgresql://env/db',
    );
    expect(complaint({ DATABASE_URL: 'mysql://root:hunter2@db' })).not.toContain('hunter2');
  });
});
