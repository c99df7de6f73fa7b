/** Stands in a table for rows out of sight. `className` takes the padding of cells away. */
export function RowsSpacer(props: {
  readonly height: number;
  readonly columns: number;
  readonly className: string | undefined;
}) {
  if (props.height <= 0) return null;
  return (
    <tbody aria-hidden="true" className={props.className}>
      <tr>
        <td colSpan={props.columns} style={{ blockSize: props.height }} />
      </tr>
    </tbody>
  );
}
