import type { CollectionFailure } from '#lib/domain/freshness.ts';
import type { ReshardQuota } from '#lib/domain/quotas/reshard-quota.ts';

/** Which quotas are used, as it goes over the wire. Instants are of the database's clock. */
export type QuotasView = {
  readonly readAtMs: number;
  readonly connections: readonly ConnectionQuotas[];
};

export type ConnectionQuotas = {
  readonly connection: string;
  readonly region: string;
  readonly source: string;
  readonly account: {
    /** When DescribeLimits last answered; null: never. */
    readonly readAtMs: number | null;
    readonly failure: CollectionFailure | null;
    readonly openShardCount: number | null;
    readonly shardLimit: number | null;
    readonly onDemandStreamCount: number | null;
    readonly onDemandStreamLimit: number | null;
  };
  /** Streams that use a quota of their own: fan-out consumers, or changes of shards in the last 24 h. */
  readonly streams: readonly StreamQuotas[];
  readonly streamCount: number;
  readonly apis: readonly ApiQuota[];
};

type StreamQuotas = {
  readonly streamId: number;
  readonly streamName: string;
  readonly consumerCount: number;
  readonly reshard: ReshardQuota;
};

export type ApiQuota = {
  /** As IAM writes it, e.g. `kinesis:ListShards`. */
  readonly api: string;
  /** Calls a second that AWS allows the account. */
  readonly callsPerSecondMax: number;
  /** What we allow ourselves of it; null: this process does not know the connection's share. */
  readonly ourCallsPerSecondMax: number | null;
  readonly callsLastMinute: number;
  readonly callsLastDay: number;
};
