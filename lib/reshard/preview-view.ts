import type { DurationEstimate } from '#lib/domain/reshard/duration.ts';
import type { Preview } from '#lib/domain/reshard/preview.ts';
import type { CellMark, MapCell } from '#lib/domain/ring-map.ts';
import type { AffectedConsumerView } from './affected-consumer.ts';
import type { InfrastructureLines } from './infrastructure-lines.ts';

/** Which load a plan rests on: of the last minutes up to an instant, by the mean or the highest period of each shard. */
export type LoadBasis = {
  readonly minutes: number;
  readonly by: 'mean' | 'peak';
  /** End of the time looked at, on AWS's clock. */
  readonly untilMs: number;
};

/** A layout folded to what can be drawn; use is null where unknown. */
export type PlannedStrip = readonly (MapCell &
  Pick<CellMark, 'worstPlace'> & { readonly use: number | null })[];

/** A step as it is shown. */
export type StepView = {
  /** From 1 on. */
  readonly number: number;
  readonly kind: 'split' | 'merge' | 'update-shard-count';
  readonly words: string;
};

export type ReshardPreview =
  | {
      readonly ok: false;
      readonly why: string;
      readonly words: string;
      /** The lowest number of shards that must be allowed at a time, where that is what is missing. */
      readonly smallestPeak: number | null;
    }
  | ({
      readonly ok: true;
      readonly readAtMs: number;
      readonly fingerprint: string;
      readonly planFingerprint: string;
      readonly load: LoadBasis & { readonly periodSeconds: number | null };
      readonly present: PlannedStrip;
      readonly planned: PlannedStrip;
      /** Shards of now that are no more afterwards. */
      readonly closedShards: number;
      readonly consumers: readonly AffectedConsumerView[];
      /** The first steps; `stepCount` says how many there are. */
      readonly steps: readonly StepView[];
      readonly stepCount: number;
      readonly choice: string;
      readonly remarks: readonly string[];
      readonly duration: DurationEstimate & { readonly words: string };
      readonly infrastructure: InfrastructureLines;
      /** null: the account's quota is not known. */
      readonly quotaPeakMax: number | null;
      /** Whether the name of the stream has to be typed before it is begun. */
      readonly needsName: boolean;
    } & Pick<
      Preview,
      'busiestUse' | 'shards' | 'operations' | 'price' | 'leases' | 'createdShards'
    >);
