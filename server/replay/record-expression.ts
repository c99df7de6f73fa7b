import { CelScalar, celEnv, celFunc, isCelError, parse, plan } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import type { RecordExpression } from '#lib/domain/replay/filter/record-filter.ts';
import type { ExpressionCheck } from '#lib/replay/view/archive-sample.ts';
import { variablesOf } from './expression/expression-variables.ts';
import { type Expr, faultIn, guardLoops } from './expression/inspect-expression.ts';

export type CompiledExpression =
  | { readonly ok: true; readonly expression: RecordExpression }
  | { readonly ok: false; readonly fault: Extract<ExpressionCheck, { isUsable: false }> };

/** What a person can read again. */
const CHARACTERS_MAX = 4_000;
/** Brackets within brackets: the parser's time grows with their third power. */
const DEPTH_MAX = 50;
const TEXTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
/** Steps of all loops over lists in one record: more than any list of a payload is looked through a few times. */
const STEPS_MAX = 100_000;
/** A step may be dear, e.g. where it looks through all of a payload's text. */
const LOOPS_MS_MAX = 1_000;
const GUARD = '@guard';

/** What makes texts longer is left out: an expression must not make more of a record than there is. */
const SAFE_STRINGS: ReadonlySet<string> = new Set([
  'charAt',
  'indexOf',
  'lastIndexOf',
  'lowerAscii',
  'substring',
  'trim',
  'upperAscii',
]);

/**
 * Compiles an expression in CEL (cel.dev) over one record: see EXPRESSION_VARIABLES. It gives true for what is sent. A
 * record for which it gives neither true nor false, since a field is missing or of another type, goes to quarantine:
 * `has(data.field)` asks first. Evaluating ends, and throws nothing, whatever the record.
 * @example compileExpression('has(data.topic) && data.topic == "cats" && size < 1000')
 */
export function compileExpression(source: string): CompiledExpression {
  if (source.length > CHARACTERS_MAX) {
    return refused(source, null, `An expression has at most ${CHARACTERS_MAX} characters.`);
  }
  const tooDeep = tooDeepAt(source);
  if (tooDeep !== null) {
    return refused(source, tooDeep, `Brackets are nested more than ${DEPTH_MAX} deep here.`);
  }
  const parsed = parsedOf(source);
  if ('words' in parsed) return refused(source, parsed.offset, parsed.words);
  try {
    const fault = faultIn(
      parsed.expr,
      (name) => name !== GUARD && ENV.funcs.find(name) !== undefined,
    );
    if (fault !== null) {
      const offset = parsed.sourceInfo?.positions[String(fault.id)] ?? null;
      return refused(source, offset, fault.words);
    }
    guardLoops(parsed.expr, GUARD);
    return { ok: true, expression: expressionOf(plan(ENV, parsed)) };
  } catch (error) {
    return refused(source, null, `This cannot be worked out: ${messageOf(error)}.`);
  }
}

function expressionOf(
  evaluate: (variables: ReturnType<typeof variablesOf>) => unknown,
): RecordExpression {
  return (record, object) => {
    BUDGET.begin();
    const result = evaluate(variablesOf(record, object));
    if (BUDGET.isSpent) {
      return {
        message:
          'The expression takes too many steps on this record: its lists are too long for loops within loops.',
      };
    }
    if (typeof result === 'boolean') return result;
    return { message: isCelError(result) ? wordsOf(result.message) : NO_VERDICT };
  };
}

const NO_VERDICT =
  'The expression gives something else than true or false for this record. Compare it with a value.';

/** The library's words, with what to do. */
function wordsOf(message: string): string {
  const field = /^field not found: (.+)$/.exec(message)?.[1];
  if (field !== undefined) {
    return `The record has no field "${field}". Where it may be missing, ask first: has(data.${field}) && ...`;
  }
  if (message.includes('call stack')) {
    return 'A list of this record is too long for map() or filter(). exists(), all() and exists_one() take any length.';
  }
  if (message.includes('null_type')) {
    return `Something that this record does not have was compared or worked with (${message}). Where it may be missing, ask first: arrival != null && ..., data != null && ...`;
  }
  return `The expression cannot be worked out for this record: ${message}.`;
}

function parsedOf(
  source: string,
):
  | (ReturnType<typeof parse> & { readonly expr: Expr })
  | { readonly offset: number | null; readonly words: string } {
  try {
    return parse(source);
  } catch (error) {
    const message = messageOf(error);
    const [, line, column, found] = /:(\d+):(\d+): found (.+?) but/s.exec(message) ?? [];
    if (line === undefined || column === undefined) {
      return { offset: null, words: `This is no CEL: ${message}.` };
    }
    const lines = source.split('\n').slice(0, Number(line) - 1);
    const offset = lines.reduce((sum, { length }) => sum + length + 1, 0) + Number(column) - 1;
    return { offset, words: syntaxWords(source, offset, found ?? '') };
  }
}

function syntaxWords(source: string, offset: number, found: string): string {
  const rest = source.slice(offset).trimStart();
  if (source.trim() === '') return 'There is nothing to work out.';
  if (/^=[^=]/.test(rest)) return 'Compare with two signs: ==.';
  if (/^(?:and|or|not)\b/i.test(rest)) return 'Write && for and, || for or, ! for not.';
  return found === 'end of input'
    ? 'The expression breaks off here: something is missing.'
    : `Nothing that can stand here begins with ${found}, or what follows it is not complete.`;
}

function tooDeepAt(source: string): number | null {
  const bare = source.replace(TEXTS, (text) => ' '.repeat(text.length));
  let depth = 0;
  for (let at = 0; at < bare.length; at += 1) {
    const sign = bare.charAt(at);
    if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) depth -= 1;
    if (depth > DEPTH_MAX) return at;
  }
  return null;
}

function refused(source: string, offset: number | null, words: string): CompiledExpression {
  const before = offset === null ? null : source.slice(0, offset).split('\n');
  return {
    ok: false,
    fault: {
      isUsable: false,
      offset,
      line: before?.length ?? null,
      column: before === null ? null : (before.at(-1)?.length ?? 0) + 1,
      words,
    },
  };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.+$/, '');
}

/** How much one record may cost in loops. */
class LoopBudget {
  #steps = 0;
  #beganAtMs = 0;
  #isSpent = false;

  get isSpent(): boolean {
    return this.#isSpent;
  }

  begin(): void {
    this.#steps = 0;
    this.#isSpent = false;
  }

  /** @returns false: the loop ends here, and so does each around it */
  step(): boolean {
    if (this.#steps === 0) this.#beganAtMs = performance.now();
    this.#steps += 1;
    this.#isSpent ||= this.#steps > STEPS_MAX || performance.now() - this.#beganAtMs > LOOPS_MS_MAX;
    return !this.#isSpent;
  }
}

/** One for all expressions, as evaluating one waits for nothing. */
const BUDGET = new LoopBudget();

const ENV = celEnv({
  funcs: [
    ...strings.filter(({ name }) => SAFE_STRINGS.has(name)),
    celFunc(GUARD, [], CelScalar.BOOL, () => BUDGET.step()),
  ],
});
