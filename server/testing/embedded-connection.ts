import type { Connection, Endpoints } from '#server/config/config.ts';

/** A connection to an embedded world, as fast as it can be, for tests that ask it as we ask AWS. */
export function embeddedConnectionTo(
  endpoints: Pick<Endpoints, 'kinesis' | 'cloudwatch'>,
  name = 'test',
  more: Partial<Connection> = {},
): Connection {
  return {
    name,
    region: 'us-east-1',
    source: 'embedded world',
    credentials: { kind: 'embedded' },
    endpoints,
    streamArns: [],
    include: [],
    exclude: [],
    readOnly: false,
    metrics: { periodSeconds: 5, delaySeconds: 0, also: [] },
    cadence: { watchedSeconds: 5, unwatchedSeconds: 5, topologySeconds: 5 },
    quotaShare: 1,
    backfillHours: 1,
    budgetDollarsPerDay: 1,
    ...more,
  };
}
