import { Unknown } from '#components/primitives/unknown.tsx';
import { formatCount } from '#lib/format/count.ts';
import { type Figure, isKnown } from '#lib/format/quantity.ts';
import classes from './shard-table.module.css';

/** Records refused in the period: quiet at 0, and what catches the eye above. */
export function ThrottledRecords(props: { readonly records: Figure; readonly unknown: string }) {
  const { records, unknown } = props;
  if (!isKnown(records)) return <Unknown reason={unknown} />;
  return (
    <span className={classes.refused} data-refused={records > 0 || undefined}>
      {formatCount(records)} <span className={classes.unit}>rec</span>
    </span>
  );
}
