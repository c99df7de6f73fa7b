import { TextInput } from '@mantine/core';
import classes from './shard-table.module.css';

/** Leaves out shards that use less of their tightest limit than this. */
export function AboveField(props: {
  readonly percent: number | null;
  readonly onPercent: (percent: number | null) => void;
}) {
  return (
    <TextInput
      type="number"
      inputMode="decimal"
      className={classes.above ?? ''}
      aria-label="Only shards above this use of their tightest limit, percent"
      title="Only shards that use more than this of their tightest limit"
      placeholder="above"
      rightSection={<span className={classes.unit}>%</span>}
      min={0}
      max={1_000}
      step={5}
      value={props.percent ?? ''}
      onChange={(event) => {
        const percent = event.currentTarget.valueAsNumber;
        props.onPercent(Number.isFinite(percent) && percent > 0 ? percent : null);
      }}
    />
  );
}
