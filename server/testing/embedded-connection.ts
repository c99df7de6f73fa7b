import type { Connection, ConsumerReading, Endpoints } from '#server/config/config.ts';

/** As often as a test needs it. */
export const TEST_CONSUMERS: ConsumerReading = {
  discoverySeconds: 1,
  watchedSeconds: 1,
  unwatchedSeconds: 1,
  tableShare: 0.1,
  onDemandUnitsPerSecond: 1_000,
  observationHours: 2,
  probe: false,
};

/** A connection to an embedded world, as fast as it can be, for tests that ask it as we ask AWS. */
export function embeddedConnectionTo(
  endpoints: Endpoints,
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
    consumers: TEST_CONSUMERS,
    quotaShare: 1,
    backfillHours: 1,
    budgetDollarsPerDay: 1,
    ...more,
  };
}
