import { NativeSelect } from '@mantine/core';
import classes from './advice-panel.module.css';

const PERCENTS = [0, 10, 20, 30, 50, 75, 100, 200] as const;

/** Room above the load that shards shall have. What else stands in the URL is offered too. */
export function HeadroomSelect(props: {
  readonly percent: number;
  readonly onPercent: (percent: number) => void;
}) {
  const { percent, onPercent } = props;
  const offered = [...new Set([...PERCENTS, percent])].sort((a, b) => a - b);
  return (
    <div className={classes.headroom}>
      <NativeSelect
        size="xs"
        label="Headroom above the load"
        value={String(percent)}
        data={offered.map((one) => ({ value: String(one), label: `${one} %` }))}
        onChange={(event) => onPercent(Number(event.currentTarget.value))}
      />
    </div>
  );
}
