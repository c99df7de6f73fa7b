import type { ApplicationView } from '#lib/consumers/application-view.ts';
import type { Lag } from '#lib/domain/consumers/lag.ts';
import type { UseComparison } from '#lib/domain/reshard/watch/compare-use.ts';
import type {
  ApplicationWatch,
  WatchVerdict,
} from '#lib/domain/reshard/watch/watch-application.ts';
import type { RefusalsWatch } from '#lib/domain/reshard/watch/watch-refusals.ts';
import type { WatchSpan } from '#lib/domain/reshard/watch/watch-span.ts';
import type { LoadBasis, PlannedStrip } from './preview-view.ts';

/** A consumer of a resharded stream, and how it follows. */
export type WatchedApplicationView = Pick<
  ApplicationView,
  'applicationId' | 'connection' | 'streamName' | 'kind' | 'name' | 'collection' | 'observedAtMs'
> & {
  readonly watch: ApplicationWatch;
  /** As a whole; null: not read yet. */
  readonly lag: Lag | null;
};

/** A shard of the layout that was reached. Uses are of its tighter write limit, null where not known. */
export type ShardUseView = {
  /** null: no listing has shown it yet. */
  readonly shardId: string | null;
  readonly startingHashKey: string;
  readonly endingHashKey: string;
  readonly predictedUse: number | null;
  readonly actualUse: number | null;
  /** Since it was made. */
  readonly throttledRecords: number | null;
};

export type UseWatchView = Pick<UseComparison, 'busiest' | 'loadRatio'> & {
  /** Which load was looked at; null: what was predicted was not kept. */
  readonly basis: (LoadBasis & { readonly periodSeconds: number | null }) | null;
  /** Of the actual figures; null: none is recorded. */
  readonly window: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly periodSeconds: number;
  } | null;
  readonly shardMetricsOn: boolean;
  readonly predicted: PlannedStrip;
  readonly actual: PlannedStrip;
  readonly shardCount: number;
  /** The busiest, predicted or seen. */
  readonly shards: readonly ShardUseView[];
};

/** How a reshard has turned out, as far as it is known. Times are epoch milliseconds. */
export type ReshardWatchView = {
  readonly readAtMs: number;
  readonly verdict: WatchVerdict;
  readonly isOver: boolean;
  readonly span: WatchSpan;
  readonly parentCount: number;
  readonly childCount: number;
  /** Ranges that no listing has shown yet. */
  readonly unseenCount: number;
  readonly applications: readonly WatchedApplicationView[];
  readonly refusals: RefusalsWatch;
  /** null while it is not over. */
  readonly use: UseWatchView | null;
};
