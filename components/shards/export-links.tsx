import { countOf } from '#lib/format/count.ts';
import classes from './shard-table.module.css';

/** Downloads of all rows that match, not only of those in sight. */
export function ExportLinks(props: {
  readonly href: (format: 'csv' | 'json') => string;
  readonly rows: number;
}) {
  return (
    <span className={classes.exports}>
      Export{' '}
      {(['csv', 'json'] as const).map((format) => (
        <a
          key={format}
          href={props.href(format)}
          download
          title={`${countOf(props.rows, 'row')} in the order of the table, with every column, units in the names`}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
