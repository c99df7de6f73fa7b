import type { CSSProperties, ReactNode } from 'react';
import classes from './pointer-tooltip.module.css';

/** What is said beside a drawing of the place that is pointed at. Sighted readers' twin of the option's words. */
export function PointerTooltip(props: {
  /** Along the drawing, 0 .. 1; a place that reaches beyond it is told of at its end. */
  readonly at: number;
  /** At most, CSS pixels. */
  readonly width: number;
  /** Where its upper edge stands. */
  readonly top: string;
  /** Which shards it is of; null where that is said by its children, or is nothing to say. */
  readonly id: string | null;
  readonly children: ReactNode;
}) {
  const style = {
    '--at': Math.min(1, Math.max(0, props.at)),
    '--width': `${props.width}px`,
    insetBlockStart: props.top,
  } as CSSProperties;
  return (
    <div className={classes.tooltip} style={style} aria-hidden>
      {props.id !== null && <p className={classes.id}>{props.id}</p>}
      {props.children}
    </div>
  );
}
