import type { ComponentProps, CSSProperties } from 'react';
import classes from './data-table.module.css';

/**
 * The look that all tables of rows share: a head that stays in sight, lines of one height, the row under the pointer,
 * the one that is chosen (`data-selected`), and `--edge`, the colour of a row's `data-level`. A table's own style
 * sheet may say otherwise of any of it: all of this is of the lowest specificity.
 */
export function DataTable({
  className,
  widthMin,
  fixed,
  style,
  ...rest
}: ComponentProps<'table'> & {
  /** CSS pixels; below it scrolls sideways in its box. */
  readonly widthMin?: number | undefined;
  /** Widths of columns are those of the first row, whatever the others hold. */
  readonly fixed?: boolean;
}) {
  const own =
    widthMin === undefined
      ? style
      : ({ ...style, '--table-width-min': `${widthMin}px` } as CSSProperties);
  return (
    <table
      className={className === undefined ? classes.table : `${classes.table} ${className}`}
      data-fixed={fixed || undefined}
      style={own}
      {...rest}
    />
  );
}
