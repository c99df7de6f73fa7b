import { memo } from 'react';
import classes from './stream-table.module.css';

/** The name of a stream whose row is drawn a few frames later: so many have come into sight at once. */
export const AwaitedRow = memo(function AwaitedRow(props: {
  readonly index: number;
  readonly streamName: string;
  /** Cells that it has to fill. */
  readonly columns: number;
  /** CSS pixels. */
  readonly height: number;
}) {
  return (
    <tr aria-rowindex={props.index + 2} className={classes.row} style={{ blockSize: props.height }}>
      <th scope="row" colSpan={props.columns} className={classes.awaited}>
        {props.streamName}
      </th>
    </tr>
  );
});
