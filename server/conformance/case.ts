import type { CaseTools } from './case-tools.ts';
import type { Needs } from './needs.ts';

/** What a case is about. The first five are those which every operation has to answer for (see coverage.ts). */
export type Behaviour =
  | 'success'
  | 'missing-resource'
  | 'invalid-argument'
  | 'wrong-state'
  | 'limit'
  | 'paging'
  | 'filter'
  | 'routing'
  | 'lineage'
  | 'iterator'
  | 'metrics'
  | 'wire';

/** Where an expectation comes from: never an implementation of ours. */
export interface Source {
  readonly url: string;
  /** The sentence of the page, word for word, or an answer of AWS that somebody observed and published. */
  readonly quote: string;
}

/**
 * One expectation of an endpoint, and the calls that try it.
 *
 * `run` tells what it sees by `t.same`, `t.matches`, `t.holds` and `t.refused`. A case that compares nothing is an
 * error, and so is one that outlives its deadline.
 */
export interface Case {
  /** Unique: "Operation / what is tried". */
  readonly name: string;
  /** As the SDK names it, without "Command"; of another service with its name before: "CloudWatch.GetMetricData". */
  readonly operation: string;
  readonly behaviour: Behaviour;
  /** In words; for a refusal the name of the exception. */
  readonly expected: string;
  readonly source: Source;
  readonly needs?: Needs;
  /** True for what counts things of the whole account: it runs while no other case does. */
  readonly exclusive?: boolean;
  readonly run: (t: CaseTools) => Promise<void>;
}

/** A case as it stands; here for its types. */
export function defineCase(definition: Case): Case {
  return definition;
}

/** A case whose one call must be refused. */
export interface Refused extends Omit<Case, 'name' | 'expected' | 'run'> {
  /** What is tried, as the second half of the case's name. */
  readonly title: string;
  /** One name, or several where documents leave open which of them it is. */
  readonly exception: string | readonly string[];
  /** Only where a text of AWS was observed. */
  readonly message?: RegExp;
  /** Makes what is needed, and returns the call which must be refused (it is not refused before). */
  readonly prepare: (t: CaseTools) => Promise<() => Promise<unknown>> | (() => Promise<unknown>);
}

/**
 * The commonest form: prepare, then one call that is refused by this exception.
 * @example
 * defineRefusal({
 *   operation: 'DeleteStream', behaviour: 'missing-resource', title: 'no such stream',
 *   exception: 'ResourceNotFoundException', source: ...,
 *   prepare: (t) => () => t.kinesis.send(new DeleteStreamCommand({ StreamName: t.freshName() })),
 * })
 */
export function defineRefusal({ title, exception, message, prepare, ...rest }: Refused): Case {
  const names = typeof exception === 'string' ? [exception] : exception;
  const text = message === undefined ? '' : ` with a message like ${message.source}`;
  return {
    ...rest,
    name: `${rest.operation} / ${title}`,
    expected: `${names.join(' or ')}${text}`,
    async run(t) {
      const send = await prepare(t);
      await t.refused(names, send, message);
    },
  };
}

/** The page of AWS's API reference on an operation of Kinesis, and a sentence of it. */
export function apiReference(operation: string, quote: string): Source {
  return {
    url: `https://docs.aws.amazon.com/kinesis/latest/APIReference/API_${operation}.html`,
    quote,
  };
}
