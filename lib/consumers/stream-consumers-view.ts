import type {
  AmbiguousBecause,
  BoundBy,
  UnboundBecause,
} from '#lib/domain/consumers/bind-table.ts';
import type { CollectionFailure } from '#lib/domain/freshness.ts';
import type { ApplicationLine } from './application-view.ts';

/** All that is known of who reads a stream. Instants are on the database's clock. */
export type StreamConsumersView = {
  readonly streamId: number;
  readonly applications: readonly ApplicationLine[];
  /** Tables that may hold leases of this stream: those bound to it, and those of which that cannot be told. */
  readonly tables: readonly ConsumerTableView[];
  /** What consumers are found by, and whether it may be asked. Empty before the first search. */
  readonly discovery: readonly DiscoveryView[];
};

/** A table that consumers keep their state in. */
export type ConsumerTableView = {
  readonly connection: string;
  readonly tableName: string;
  readonly layout: 'kcl' | 'lifion';
  /** The stream or the consumer group that its rows name; null: they name none. */
  readonly part: string | null;
  readonly binding: TableBindingView;
  /** The stream that a person chose; null: none did. */
  readonly boundByHandTo: NamedStream | null;
  /** Provisioned read capacity units a second; null: on demand, or not known. */
  readonly readCapacity: number | null;
  /** What the last whole scan took, over how long; null before the first. */
  readonly scan: {
    readonly units: number;
    readonly seconds: number;
    readonly atMs: number;
  } | null;
  readonly failure: CollectionFailure | null;
  readonly checkedAtMs: number;
};

export type NamedStream = { readonly streamId: number; readonly streamName: string };

export type TableBindingView =
  | { readonly kind: 'bound'; readonly by: BoundBy; readonly stream: NamedStream }
  | {
      readonly kind: 'ambiguous';
      readonly reason: AmbiguousBecause;
      readonly candidates: readonly NamedStream[];
    }
  | { readonly kind: 'none'; readonly reason: UnboundBecause }
  /** Its rows have not been read yet. */
  | { readonly kind: 'unread' };

/** How one API that consumers are found by last answered. */
export type DiscoveryView = {
  /** As IAM writes it, e.g. `dynamodb:ListTables`. */
  readonly api: string;
  readonly readAtMs: number | null;
  readonly failure: CollectionFailure | null;
};
