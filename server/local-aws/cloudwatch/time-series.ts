/** Values of one metric by the start of their period, epoch milliseconds, ascending. */
export type TimeSeries = {
  readonly periodMs: number;
  readonly values: ReadonlyMap<number, number>;
};

export type Combine = (a: number, b: number) => number;

/** Every value through `change`; a result that is no number (as after a division by 0) is left out. */
export function mapSeries(series: TimeSeries, change: (value: number) => number): TimeSeries {
  return {
    periodMs: series.periodMs,
    values: finite([...series.values].map(([time, value]) => [time, change(value)])),
  };
}

/** Both series, only at times at which both have a value, as CloudWatch does. */
export function zipSeries(a: TimeSeries, b: TimeSeries, combine: Combine): TimeSeries {
  const values: [number, number][] = [];
  for (const [time, left] of a.values) {
    const right = b.values.get(time);
    if (right !== undefined) {
      values.push([time, combine(left, right)]);
    }
  }
  return { periodMs: Math.max(a.periodMs, b.periodMs), values: finite(values) };
}

/** One series across several: at each time, what `reduce` makes of the values that there are. */
export function reduceSeries(
  all: readonly TimeSeries[],
  reduce: (values: readonly number[]) => number,
): TimeSeries {
  const byTime = new Map<number, number[]>();
  for (const { values } of all) {
    for (const [time, value] of values) {
      const held = byTime.get(time);
      if (held === undefined) byTime.set(time, [value]);
      else held.push(value);
    }
  }
  const values = [...byTime].map(([time, held]): [number, number] => [time, reduce(held)]);
  return {
    periodMs: Math.max(0, ...all.map(({ periodMs }) => periodMs)),
    values: finite(values.sort(([a], [b]) => a - b)),
  };
}

function finite(values: readonly (readonly [number, number])[]): ReadonlyMap<number, number> {
  return new Map(values.filter(([, value]) => Number.isFinite(value)));
}
