import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import type { ShardReading } from '#lib/domain/shard-readings.ts';
import { formatCount } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';
import { UNKNOWN } from '#lib/format/quantity.ts';
import { formatBytesPerSecond } from '#lib/format/rate.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import { describeShard } from '#lib/strip/describe-shard.ts';
import { fitsNote, hasCaption, labelRoom, NO_METRICS_NOTE } from '#lib/strip/label-room.ts';
import type { RingShard } from '#lib/strip/ring-shards.ts';
import { stepOfUse } from '#lib/strip/use-step.ts';
import classes from './strip.module.css';

type StripOptionProps = {
  id: string;
  shard: RingShard;
  reading: ShardReading;
  /** CSS pixels of its frame; 0 where the shard has no frame of its own. */
  width: number;
  /** Where it lies, as shares of what is drawn. */
  start: number;
  end: number;
  place: number;
  count: number;
  selected: boolean;
  /** Says inside the frame that shard-level metrics are off. */
  noted: boolean;
};

/** A shard of the strip as a list item, and what there is room to write at its frame. */
export const StripOption = memo(function StripOption(props: StripOptionProps) {
  const { id, shard, reading, width, start, end, place, count, selected, noted } = props;
  const room = labelRoom(width);
  const { use } = reading.tightest;
  const percent = formatUse(use);
  const refused = reading.figures.writeThrottledRecords;
  return (
    // The listbox holds the focus and the keys; an option is only pointed at (aria-activedescendant).
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      role="option"
      className={classes.option}
      aria-selected={selected}
      aria-setsize={count}
      aria-posinset={place + 1}
      data-step={stepOfUse(use) ?? 'unknown'}
      data-room={room}
      data-throttled={reading.throttled || undefined}
      style={{
        left: `${start * 100}%`,
        width: `max(2px, ${(end - start) * 100}%)`,
      }}
    >
      <VisuallyHidden>{describeShard(shard, reading)}</VisuallyHidden>
      {room !== 'none' && (
        <span className={classes.percent} aria-hidden>
          {room === 'number' ? percent.replace(' %', '') : percent}
        </span>
      )}
      {noted && fitsNote(width) && (
        <span className={classes.note} aria-hidden>
          {NO_METRICS_NOTE}
        </span>
      )}
      {hasCaption(room) && (
        <span className={classes.caption} aria-hidden>
          <span className={classes.shardId}>{shortShardId(shard.shardId)}</span>
          {room !== 'short' &&
            (refused > 0 && room === 'wide' ? (
              <span className={classes.refused}>{formatCount(refused)} refused</span>
            ) : (
              <span>
                {Number.isNaN(use)
                  ? UNKNOWN
                  : formatBytesPerSecond(reading.figures.writeBytesPerSecond)}
              </span>
            ))}
        </span>
      )}
    </div>
  );
});
