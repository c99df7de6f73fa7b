import { CloudWatchError } from './cloudwatch-error.ts';
import type { Expression, Operator } from './expression-syntax.ts';
import { mapSeries, reduceSeries, type TimeSeries, zipSeries } from './time-series.ts';

/** What an expression may refer to. */
export type Scope = {
  /** The series of a query, or null where no query has this id. */
  readonly lookUp: (id: string) => TimeSeries | null;
  /** The series of METRICS(): all queries that are metrics, not expressions, by id. */
  readonly metrics: () => ReadonlyMap<string, TimeSeries>;
  /** Starts of all periods of the window, for FILL. */
  readonly periodStarts: (periodMs: number) => readonly number[];
};

type Value =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'series'; readonly series: TimeSeries }
  | { readonly kind: 'list'; readonly items: readonly TimeSeries[] };

const OPERATORS: Readonly<Record<Operator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
};

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const AGGREGATES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: sum,
  AVG: (values) => sum(values) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
};

/**
 * The one time series that `expression` stands for.
 * @throws CloudWatchError (ValidationException) where it stands for a number or a list, or cannot be computed.
 */
export function evaluateExpression(expression: Expression, scope: Scope): TimeSeries {
  const value = evaluate(expression, scope);
  if (value.kind !== 'series') {
    throw invalid('The expression has to return one time series.');
  }
  return value.series;
}

function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'number':
      return { kind: 'scalar', value: expression.value };
    case 'text':
      return { kind: 'text', value: expression.value };
    case 'id': {
      const series = scope.lookUp(expression.id);
      if (series === null) {
        throw invalid(`Unrecognized variable name '${expression.id}'.`);
      }
      return { kind: 'series', series };
    }
    case 'list':
      return { kind: 'list', items: expression.items.map((item) => seriesOf(item, scope)) };
    case 'negate':
      return binary('-', { kind: 'scalar', value: 0 }, evaluate(expression.of, scope));
    case 'binary':
      return binary(
        expression.operator,
        evaluate(expression.left, scope),
        evaluate(expression.right, scope),
      );
    case 'call':
      return call(expression.name, expression.args, scope);
  }
}

function seriesOf(expression: Expression, scope: Scope): TimeSeries {
  const value = evaluate(expression, scope);
  if (value.kind !== 'series') {
    throw invalid('A list holds time series only.');
  }
  return value.series;
}

function binary(operator: Operator, left: Value, right: Value): Value {
  const compute = OPERATORS[operator];
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    return { kind: 'scalar', value: compute(left.value, right.value) };
  }
  if (left.kind === 'series' && right.kind === 'series') {
    return { kind: 'series', series: zipSeries(left.series, right.series, compute) };
  }
  if (left.kind === 'series' && right.kind === 'scalar') {
    return { kind: 'series', series: mapSeries(left.series, (v) => compute(v, right.value)) };
  }
  if (left.kind === 'scalar' && right.kind === 'series') {
    return { kind: 'series', series: mapSeries(right.series, (v) => compute(left.value, v)) };
  }
  if (left.kind === 'list' && right.kind !== 'list' && right.kind !== 'text') {
    return { kind: 'list', items: left.items.map((series) => each(series, right, compute)) };
  }
  throw invalid(`Unsupported operand types for '${operator}'.`);
}

function each(
  series: TimeSeries,
  right: Extract<Value, { kind: 'scalar' | 'series' }>,
  compute: (a: number, b: number) => number,
): TimeSeries {
  return right.kind === 'scalar'
    ? mapSeries(series, (v) => compute(v, right.value))
    : zipSeries(series, right.series, compute);
}

function call(name: string, args: readonly Expression[], scope: Scope): Value {
  const aggregate = AGGREGATES[name];
  if (aggregate !== undefined) {
    return aggregated(aggregate, evaluate(onlyArgument(name, args), scope));
  }
  switch (name) {
    case 'METRICS':
      return { kind: 'list', items: metricsLike(args, scope) };
    case 'PERIOD': {
      const { periodMs } = seriesOf(onlyArgument(name, args), scope);
      return { kind: 'scalar', value: periodMs / 1000 };
    }
    case 'FILL':
      return fill(args, scope);
    default:
      throw invalid(`Unsupported function '${name}'.`);
  }
}

/** Of a list: one series across it. Of one series: one number along it. */
function aggregated(aggregate: (values: readonly number[]) => number, value: Value): Value {
  if (value.kind === 'list') {
    return { kind: 'series', series: reduceSeries(value.items, aggregate) };
  }
  if (value.kind === 'series') {
    return { kind: 'scalar', value: aggregate([...value.series.values.values()]) };
  }
  throw invalid('SUM, AVG, MIN and MAX take time series.');
}

function metricsLike(args: readonly Expression[], scope: Scope): readonly TimeSeries[] {
  const [part] = args;
  const wanted = part === undefined ? '' : part.kind === 'text' ? part.value : null;
  if (wanted === null || args.length > 1) {
    throw invalid('METRICS takes at most one text.');
  }
  return [...scope.metrics()].filter(([id]) => id.includes(wanted)).map(([, series]) => series);
}

/** FILL(series, number): periods without a value get the number. FILL(series, REPEAT): the value before. */
function fill(args: readonly Expression[], scope: Scope): Value {
  const [of, by] = args;
  if (of === undefined || by === undefined || args.length > 2) {
    throw invalid('FILL takes a time series and a filler.');
  }
  const value = evaluate(of, scope);
  const filler = fillerOf(by, scope);
  const fillOne = (series: TimeSeries) => filled(series, filler, scope);
  if (value.kind === 'list') {
    return { kind: 'list', items: value.items.map(fillOne) };
  }
  if (value.kind !== 'series') {
    throw invalid('FILL takes a time series and a filler.');
  }
  return { kind: 'series', series: fillOne(value.series) };
}

function fillerOf(by: Expression, scope: Scope): number | 'REPEAT' {
  if (by.kind === 'id' && by.id === 'REPEAT') {
    return 'REPEAT';
  }
  const value = evaluate(by, scope);
  if (value.kind !== 'scalar') {
    throw invalid('FILL takes a number or REPEAT as its filler.');
  }
  return value.value;
}

function filled(series: TimeSeries, filler: number | 'REPEAT', scope: Scope): TimeSeries {
  const values = new Map<number, number>();
  let before: number | undefined;
  for (const start of scope.periodStarts(series.periodMs)) {
    const value = series.values.get(start) ?? (filler === 'REPEAT' ? before : filler);
    if (value !== undefined) {
      values.set(start, value);
      before = value;
    }
  }
  return { periodMs: series.periodMs, values };
}

function onlyArgument(name: string, args: readonly Expression[]): Expression {
  const [argument] = args;
  if (argument === undefined || args.length > 1) {
    throw invalid(`${name} takes one argument.`);
  }
  return argument;
}

function invalid(message: string): CloudWatchError {
  return new CloudWatchError('ValidationException', message);
}
