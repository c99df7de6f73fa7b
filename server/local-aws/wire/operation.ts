import type { Engine } from '#server/local-aws/engine/engine.ts';
import type { EventStream } from './event-stream.ts';
import { type Member, parseInput } from './shape.ts';
import type { WireValue } from './wire-value.ts';

/** One request, as an operation sees it. */
export type Call = {
  readonly engine: Engine;
  /** The instant of the call: what the counters, the records and the Date header all say. */
  readonly nowMs: number;
  /** How long the request took to arrive. */
  readonly latencyMs: number;
};

/** What an operation answers with: a whole, or events that follow one another. */
export type OperationAnswer = WireValue | EventStream;

/** An operation of the API, from the decoded request to the answer before it is encoded. */
export type Operation = (input: unknown, call: Call) => OperationAnswer;

/** The operations that a server knows, by the names in `x-amz-target`. */
export type OperationTable = Readonly<Record<string, Operation>>;

/** @throws KinesisError of the operation, besides those of a malformed request. */
export function operation<T>(
  input: Member<T | undefined>,
  run: (input: T, call: Call) => OperationAnswer | undefined,
): Operation {
  return (value, call) => run(parseInput(input, value), call) ?? {};
}
