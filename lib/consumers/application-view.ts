import type { ConsumerKind } from '#lib/domain/consumers/application.ts';
import type { ApplicationSummary } from '#lib/domain/consumers/application-summary.ts';
import type { CollectionState } from '#lib/domain/freshness.ts';

/** A consumer of one stream as lists show it. Instants are epoch milliseconds. */
export type ApplicationView = {
  readonly applicationId: number;
  readonly connection: string;
  readonly streamId: number;
  readonly streamName: string;
  readonly streamArn: string;
  readonly retentionHours: number;
  readonly kind: ConsumerKind;
  /** Of the lease table, the consumer group, the function, the delivery stream or the registered consumer. */
  readonly name: string;
  /** Where it is found, each with its name: table, ARN, state … */
  readonly source: readonly SourceFact[];
  /** The application that reads through this registered consumer, where that is known: that one is what matters. */
  readonly usedBy: { readonly kind: ConsumerKind; readonly name: string } | null;
  /** Of a consumer of enhanced fan-out: carries when it was registered, so that a namesake is never meant. null for other kinds. */
  readonly fanOutArn: string | null;
  readonly discoveredAtMs: number;
  readonly collection: CollectionState;
  /** When it was no longer found; null while it is. */
  readonly goneAtMs: number | null;
  /** On AWS's clock; null before it was judged for the first time. */
  readonly observedAtMs: number | null;
  readonly summary: ApplicationSummary | null;
  /** What CloudWatch counted for it in a period; null for applications with leases, of which it counts nothing. */
  readonly throughput: ApplicationThroughput | null;
};

type ApplicationThroughput = {
  readonly recordsPerSecond: number | null;
  readonly bytesPerSecond: number | null;
  /** End of the period, epoch milliseconds on AWS's clock. */
  readonly atMs: number;
  readonly periodSeconds: number;
};

export type SourceFact = { readonly name: string; readonly value: string };

/**
 * Upper bounds of the worst lag in each minute of the last half hour, seconds, oldest first; null where nothing was
 * recorded or known.
 */
export type LagSpark = {
  readonly fromMs: number;
  readonly periodSeconds: number;
  readonly atMostSeconds: readonly (number | null)[];
};

/** A line of a list of consumers. */
export type ApplicationLine = ApplicationView & { readonly spark: LagSpark | null };
