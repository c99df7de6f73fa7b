import type { StreamMetricGroup } from '#lib/domain/shard-metric.ts';

/** Endpoints that stand in for AWS's own, by service. */
export const SERVICES = [
  'kinesis',
  'cloudwatch',
  'dynamodb',
  's3',
  'sts',
  'lambda',
  'firehose',
] as const;
export type Service = (typeof SERVICES)[number];
export type Endpoints = { readonly [S in Service]?: string };

/** Where credentials come from. Secrets are never read from our own file: only the standard chain knows them. */
type CredentialSource =
  | {
      readonly kind: 'chain';
      readonly profile: string | null;
      /** A role to assume with what the chain gives. */
      readonly roleArn: string | null;
      readonly externalId: string | null;
    }
  /** The embedded world takes anything. */
  | { readonly kind: 'embedded' };

/** How often things are read, in seconds. Metrics no more often than there are new ones. */
export type Cadence = {
  /** Metrics of a stream that somebody looks at. */
  readonly watchedSeconds: number;
  /** Metrics of the others. */
  readonly unwatchedSeconds: number;
  /** The list of streams, and the shards of those that somebody looks at. */
  readonly topologySeconds: number;
};

/** How applications that read the streams are found and followed. */
export type ConsumerReading = {
  /** Seconds between two searches for applications. */
  readonly discoverySeconds: number;
  /** Between two readings of an application whose stream somebody looks at. */
  readonly watchedSeconds: number;
  /** Of the others. */
  readonly unwatchedSeconds: number;
  /** Share of a lease table's provisioned read capacity that reading it may take, 0 .. 1. */
  readonly tableShare: number;
  /** Read capacity units a second that reading a table on demand may take: it has no capacity to take a share of. */
  readonly onDemandUnitsPerSecond: number;
  /** How long observations of leases are kept, in hours. */
  readonly observationHours: number;
  /**
   * Whether shards may be read to find out a lag that nothing else tells: one record a second at most, of streams that
   * somebody looks at. It takes of the shard's five reads a second, and counts in the stream's iterator age.
   */
  readonly probe: boolean;
};

type Metrics = {
  /** Length of a period: 60 in AWS. */
  readonly periodSeconds: number;
  /** After this long a period's datapoints are taken to be complete. */
  readonly delaySeconds: number;
  /** Figures of whole streams that are read besides throughput, throttles and iterator age. */
  readonly also: readonly StreamMetricGroup[];
};

export type Connection = {
  /** Lower case letters, digits and hyphens; part of addresses. */
  readonly name: string;
  readonly region: string;
  /** What people are told figures come from: 'AWS', 'embedded world', or the endpoint's host. */
  readonly source: string;
  readonly credentials: CredentialSource;
  readonly endpoints: Endpoints;
  /** The only streams that are read, where any are named: of other accounts, or where ListStreams is not allowed. */
  readonly streamArns: readonly string[];
  /** Patterns of stream names. Empty: all. */
  readonly include: readonly string[];
  /** Patterns of stream names to leave out, also where `include` takes them in. */
  readonly exclude: readonly string[];
  readonly readOnly: boolean;
  readonly metrics: Metrics;
  readonly cadence: Cadence;
  readonly consumers: ConsumerReading;
  /** Share of the account's API quotas that we may use, 0 .. 1. */
  readonly quotaShare: number;
  /**
   * What CloudWatch may charge in a UTC day for the metrics that we ask for, US dollars by list price; null: as much
   * as the cadences make it.
   */
  readonly budgetDollarsPerDay: number | null;
  /** How far back metrics are read when a stream is first seen, in hours. */
  readonly backfillHours: number;
};

export type Config = {
  /** Empty: the embedded world is started. */
  readonly connections: readonly Connection[];
  /** null: PostgreSQL is started. */
  readonly databaseUrl: string | null;
};
