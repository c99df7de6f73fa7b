import { z } from 'zod';
import { STREAM_METRIC_GROUPS } from '#lib/domain/shard-metric.ts';
import type { Config, Connection } from './config.ts';
import { ConfigError } from './config-error.ts';
import type { Environment } from './environment.ts';

/** What the launcher tells of the embedded world that it started. */
const embeddedSchema = z.object({
  kinesis: z.url(),
  cloudwatch: z.url(),
  dynamodb: z.url(),
  s3: z.url(),
  sts: z.url(),
  lambda: z.url(),
  firehose: z.url(),
  admin: z.url(),
  periodSeconds: z.int().min(1),
});

/**
 * The connections to work with: the configured ones, else the embedded world that KINETOSCOPE_EMBEDDED
 * describes, else none.
 * @throws ConfigError where KINETOSCOPE_EMBEDDED is not what the launcher writes
 */
export function effectiveConnections(config: Config, env: Environment): readonly Connection[] {
  if (config.connections.length > 0) return config.connections;
  const text = env['KINETOSCOPE_EMBEDDED'];
  return text === undefined || text === '' ? [] : [embeddedConnection(text)];
}

function embeddedConnection(text: string): Connection {
  const world = parseEmbedded(text);
  return {
    name: 'embedded',
    region: 'us-east-1',
    source: 'embedded world',
    credentials: { kind: 'embedded' },
    endpoints: {
      kinesis: world.kinesis,
      cloudwatch: world.cloudwatch,
      dynamodb: world.dynamodb,
      s3: world.s3,
      sts: world.sts,
      lambda: world.lambda,
      firehose: world.firehose,
    },
    streamArns: [],
    include: [],
    exclude: [],
    readOnly: false,
    metrics: {
      periodSeconds: world.periodSeconds,
      delaySeconds: 0,
      also: STREAM_METRIC_GROUPS,
    },
    cadence: {
      watchedSeconds: world.periodSeconds,
      unwatchedSeconds: world.periodSeconds,
      topologySeconds: world.periodSeconds,
    },
    consumers: {
      discoverySeconds: 10,
      watchedSeconds: world.periodSeconds,
      unwatchedSeconds: 3 * world.periodSeconds,
      tableShare: 0.1,
      onDemandUnitsPerSecond: 25,
      observationHours: 2,
      probe: false,
    },
    // Nobody else spends the quotas of this account.
    quotaShare: 1,
    // Nor is anything charged.
    budgetDollarsPerDay: null,
    backfillHours: 48,
  };
}

function parseEmbedded(text: string): z.output<typeof embeddedSchema> {
  try {
    return embeddedSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new ConfigError(
      `KINETOSCOPE_EMBEDDED is set by the launcher and is not what it writes:\n  ${String(error)}`,
    );
  }
}
