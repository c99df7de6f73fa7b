import { dashOfSlot } from '#lib/charts/dash-of-slot.ts';
import classes from './line-sample.module.css';

type LineSampleProps = { slot: number; shape: 'lines' | 'stacked' };

/** The line, or the colour of the column, that a legend's entry stands for. */
export function LineSample({ slot, shape }: LineSampleProps) {
  const color = `var(--k-series-${slot})`;
  return (
    <svg className={classes.sample} viewBox="0 0 24 10" aria-hidden>
      {shape === 'stacked' ? (
        <rect x={6} y={1} width={8} height={8} fill={color} />
      ) : (
        <path
          d="M0 5H24"
          stroke={color}
          strokeWidth={2}
          strokeDasharray={dashOfSlot(slot).join(' ')}
        />
      )}
    </svg>
  );
}
