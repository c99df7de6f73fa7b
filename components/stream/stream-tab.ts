import type { ComponentType } from 'react';
import type { Freshness } from '#lib/domain/freshness.ts';
import type { Pulse } from '#lib/live/pulse.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';

/** What the page gives the panel of each of its tabs. */
export type StreamTabProps = {
  readonly row: StreamRow;
  readonly fresh: Freshness;
  /** What is known to be the newest of its shards. */
  readonly pulse: Pulse;
  /** No stream bears the name any more: all figures are the last known ones, and nothing can be changed. */
  readonly gone: boolean;
  readonly selectedShardId: string | null;
  readonly onSelect: (shardId: string | null) => void;
};

/** A tab of the page of a stream. `value` stands in the URL and never changes. */
export type StreamTab = {
  readonly value: string;
  readonly label: string;
  readonly Panel: ComponentType<StreamTabProps>;
};
