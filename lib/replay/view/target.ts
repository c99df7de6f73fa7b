import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import type { StreamMode } from '#lib/domain/stream.ts';
import type { FindingView } from './plan.ts';

/** A stream as a replay would write to it, asked of AWS at `atMs`, epoch milliseconds on the database's clock. */
export type TargetView = {
  readonly atMs: number;
  readonly connection: string;
  readonly streamName: string;
  /** With `createdAtMs`, what a draft names as its target. */
  readonly streamArn: string;
  readonly createdAtMs: number;
  readonly status: string;
  readonly mode: StreamMode;
  readonly recordBytesMax: number;
  /** False: the stream spreads records by itself, and no order can be kept there. */
  readonly isByKey: boolean;
  /** Whether anything may be changed by this connection. */
  readonly isWritable: boolean;
  /** Records of the archive came from it: its name has to be typed. */
  readonly isSource: boolean;

  /** All open shards, in order of hash keys. */
  readonly shards: readonly TargetShardView[];
  /** Of all shards together; null where it is unknown of any. */
  readonly live: Rates | null;
  /** From which period the live load is; null: there is none. `source` in words. */
  readonly liveOf: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly source: string;
  } | null;

  readonly consumers: readonly TargetConsumer[];
  /** Why there may be more of them; null: all could be asked. */
  readonly consumersGap: string | null;
  /** What is known already that a plan would refuse or warn of: of its status, and of loops. */
  readonly refusals: readonly FindingView[];
  readonly warnings: readonly FindingView[];
};

/** Hash keys are decimal text. */
export type TargetShardView = {
  readonly shardId: string;
  readonly start: string;
  readonly end: string;
  /** What is written to it now; null: unknown. */
  readonly live: Rates | null;
};

/** Somebody who will see the records. */
export type TargetConsumer = {
  readonly name: string;
  /** E.g. `lease table`, `Firehose`, `Lambda`, `enhanced fan-out`. */
  readonly kind: string;
  /** As its page has it; null: not tracked here. */
  readonly applicationId: number | null;
};
