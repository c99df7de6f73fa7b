import { Figure } from '#components/primitives/figure.tsx';
import { UseBar } from '#components/primitives/use-bar.tsx';
import { percentQuantity } from '#lib/format/percent.ts';
import { type Figure as FigureValue, isKnown } from '#lib/format/quantity.ts';
import classes from './shard-table.module.css';

/** Use of one limit as bar and figure; the tightest limit of a shard is set bold. */
export function LimitUse(props: {
  readonly use: FigureValue;
  readonly tightest: boolean;
  readonly unknown: string;
}) {
  return (
    <span className={classes.limit} data-tightest={props.tightest || undefined}>
      <UseBar use={isKnown(props.use) ? props.use : Number.NaN} />
      <Figure quantity={percentQuantity(props.use)} unknown={props.unknown} zeroIsQuiet />
    </span>
  );
}
