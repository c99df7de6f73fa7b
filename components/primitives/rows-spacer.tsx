/** Stands in a table for rows out of sight. */
export function RowsSpacer(props: {
  readonly height: number;
  readonly columns: number;
  /** Where rows are no rows on a narrow screen. */
  readonly className?: string | undefined;
}) {
  if (props.height <= 0) return null;
  return (
    <tbody aria-hidden="true" className={props.className}>
      <tr>
        <td
          colSpan={props.columns}
          style={{ blockSize: props.height, padding: 0, border: 0, background: 'none' }}
        />
      </tr>
    </tbody>
  );
}
