import { NumberInput } from '@mantine/core';
import classes from './shard-table.module.css';

/** Leaves out shards that use less of their tightest limit than this. */
export function AboveField(props: {
  readonly percent: number | null;
  readonly onPercent: (percent: number | null) => void;
}) {
  return (
    <NumberInput
      size="xs"
      className={classes.above ?? ''}
      aria-label="Only shards above this use of their tightest limit, percent"
      placeholder="above 0 %"
      prefix="above "
      suffix=" %"
      min={0}
      max={1_000}
      step={5}
      hideControls
      value={props.percent ?? ''}
      onChange={(value) => {
        const percent = typeof value === 'number' ? value : Number.parseFloat(value);
        props.onPercent(Number.isFinite(percent) && percent > 0 ? percent : null);
      }}
    />
  );
}
