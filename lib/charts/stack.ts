type Values = readonly (number | null)[];
type Lines = readonly { readonly values: Values }[];

/**
 * Tops of columns that stand one on the other: line i becomes the sum of lines 0 .. i. A gap counts as
 * nothing in a sum, and stays a gap where all below it are gaps too.
 */
export function stack(lines: Lines): readonly Values[] {
  let below: Values = [];
  return lines.map(({ values }) => {
    below = values.map((value, i) => {
      const under = below[i] ?? null;
      return value === null ? under : value + (under ?? 0);
    });
    return below;
  });
}

/** The highest top of each column. */
export function stackTop(lines: Lines): Values {
  return stack(lines).at(-1) ?? [];
}
