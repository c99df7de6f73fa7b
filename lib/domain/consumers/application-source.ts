import type { BoundBy } from './bind-table.ts';

/** Where what is known of an application comes from, by its kind. */
export type ApplicationSource =
  | {
      readonly kind: 'kcl';
      readonly tableName: string;
      /** Where its workers report of themselves (version 3); null: nowhere, or among the leases. */
      readonly workersTable: string | null;
      /** Whether its leases name their stream. */
      readonly isMultiStream: boolean;
      readonly boundBy: BoundBy;
    }
  | {
      readonly kind: 'lifion';
      readonly tableName: string;
      readonly consumerGroup: string;
      /** false: each consumer reads all shards for itself, and there are no leases to tell of. */
      readonly sharesShards: boolean;
    }
  | {
      readonly kind: 'lambda';
      readonly functionName: string;
      readonly functionArn: string;
      /** Of this function on this stream: one of the stream itself, and one a consumer of it. */
      readonly mappings: readonly LambdaMapping[];
      /** Other streams that the function reads: Lambda tells one iterator age for all of them. */
      readonly alsoReads: readonly string[];
    }
  | {
      readonly kind: 'firehose';
      readonly deliveryStreamName: string;
      readonly deliveryStreamArn: string;
      readonly status: string;
    }
  | {
      readonly kind: 'enhanced-fan-out';
      readonly consumerName: string;
      readonly consumerArn: string;
      readonly status: 'CREATING' | 'DELETING' | 'ACTIVE';
      readonly registeredAtMs: number;
      /** The application that reads through it, where that is known: then that one is what matters. */
      readonly usedBy: { readonly kind: 'kcl' | 'lambda'; readonly name: string } | null;
    };

export type LambdaMapping = {
  readonly uuid: string;
  readonly state: string;
  /** The consumer of enhanced fan-out through which it reads; null: it polls the stream. */
  readonly consumerName: string | null;
  readonly batchSize: number | null;
  readonly parallelizationFactor: number | null;
  readonly lastResult: string | null;
};

/** What the application goes by on its stream. */
export function nameOfSource(source: ApplicationSource): string {
  switch (source.kind) {
    case 'kcl':
      return source.tableName;
    case 'lifion':
      return source.consumerGroup;
    case 'lambda':
      return source.functionName;
    case 'firehose':
      return source.deliveryStreamName;
    case 'enhanced-fan-out':
      return source.consumerName;
  }
}

/** Whether it reads at all, by what AWS says of it; of applications with leases that is not known here. */
export function activityOfSource(source: ApplicationSource): 'on' | 'off' | 'unknown' {
  switch (source.kind) {
    case 'kcl':
    case 'lifion':
      return 'unknown';
    case 'lambda': {
      const states = source.mappings.map(({ state }) => state);
      // Lambda's own words: Creating, Enabling, Enabled, Disabling, Disabled, Updating, Deleting.
      if (states.some((state) => state === 'Enabled' || state === 'Updating')) return 'on';
      return states.every((state) => /^(?:Disabl|Delet)/.test(state)) ? 'off' : 'unknown';
    }
    case 'firehose':
      return source.status === 'ACTIVE' ? 'on' : 'unknown';
    case 'enhanced-fan-out':
      // Registered is not the same as subscribed: only its metrics tell.
      return 'unknown';
  }
}
