import { expect, test } from 'vitest';
import { effectiveConnections } from './effective-connections.ts';
import { ConfigError, loadConfig } from './load.ts';

const EMBEDDED = JSON.stringify({
  kinesis: 'http://127.0.0.1:4567',
  cloudwatch: 'http://127.0.0.1:4567',
  dynamodb: 'http://127.0.0.1:4568',
  s3: 'http://127.0.0.1:4569',
  sts: 'http://127.0.0.1:4567',
  lambda: 'http://127.0.0.1:4567',
  firehose: 'http://127.0.0.1:4567',
  admin: 'http://127.0.0.1:4570',
  periodSeconds: 5,
});
const nothing = { connections: [], databaseUrl: null };

test('the embedded world is a connection where none is configured', () => {
  expect(effectiveConnections(nothing, { KINETOSCOPE_EMBEDDED: EMBEDDED })).toMatchObject([
    {
      name: 'embedded',
      source: 'embedded world',
      credentials: { kind: 'embedded' },
      endpoints: { s3: 'http://127.0.0.1:4569', lambda: 'http://127.0.0.1:4567' },
      metrics: { periodSeconds: 5, delaySeconds: 0 },
      cadence: { watchedSeconds: 5, unwatchedSeconds: 5, topologySeconds: 5 },
    },
  ]);
});

test('a configured connection leaves it out', () => {
  const config = loadConfig({ KINETOSCOPE_REGION: 'us-east-1' }, '/');
  const connections = effectiveConnections(config, { KINETOSCOPE_EMBEDDED: EMBEDDED });
  expect(connections.map((c) => c.name)).toEqual(['default']);
});

test('with neither there is nothing to read', () => {
  expect(effectiveConnections(nothing, {})).toEqual([]);
});

test('what the launcher did not write is refused', () => {
  for (const text of ['{', '{"kinesis":"nowhere"}']) {
    expect(() => effectiveConnections(nothing, { KINETOSCOPE_EMBEDDED: text })).toThrow(
      ConfigError,
    );
  }
});
