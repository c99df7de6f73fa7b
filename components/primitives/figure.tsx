import { type Quantity, UNKNOWN } from '#lib/format/quantity.ts';
import classes from './figure.module.css';
import { Unknown } from './unknown.tsx';

/**
 * A number with its unit set quieter beside it.
 * @param props.unknown why there is no figure, where there is none
 * @param props.zeroIsQuiet sets a plain 0 in the muted ink, so that what happens stands out
 */
export function Figure(props: {
  readonly quantity: Quantity;
  readonly unknown: string;
  readonly zeroIsQuiet?: boolean;
}) {
  const { value, unit } = props.quantity;
  if (value === UNKNOWN) return <Unknown reason={props.unknown} />;
  const quiet = props.zeroIsQuiet === true && value === '0';
  return (
    <span className={classes.figure} data-quiet={quiet || undefined}>
      {value}
      {unit !== '' && <span className={classes.unit}> {unit}</span>}
    </span>
  );
}
