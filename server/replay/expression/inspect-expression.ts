import type { parse } from '@bufbuild/cel';
import { EXPRESSION_VARIABLES } from './expression-variables.ts';

export type Expr = ReturnType<typeof parse>['expr'];

/** What is wrong with an expression before any record was seen. `id` leads to its place. */
export type ExpressionFault = { readonly id: bigint; readonly words: string };

const VARIABLES: ReadonlySet<string> = new Set(EXPRESSION_VARIABLES);

/** Names of types, which are values, e.g. in `type(data.id) == int`. */
const TYPES: ReadonlySet<string> = new Set([
  'bool',
  'bytes',
  'double',
  'google',
  'int',
  'list',
  'map',
  'null_type',
  'string',
  'type',
  'uint',
]);

/** Operators that the library works out itself. */
const BUILT_IN: ReadonlySet<string> = new Set([
  '_[_]',
  '_&&_',
  '_||_',
  '_?_:_',
  '@not_strictly_false',
  '__not_strictly_false__',
]);

/** What gives a number or a text, whatever it is given. */
const NO_VERDICT: ReadonlySet<string> = new Set([
  '_+_',
  '_-_',
  '_*_',
  '_/_',
  '_%_',
  '-_',
  'size',
  'int',
  'uint',
  'double',
  'string',
  'bytes',
  'timestamp',
  'duration',
]);

/** @param knows whether there is a function of a name */
export function faultIn(root: Expr, knows: (name: string) => boolean): ExpressionFault | null {
  return unknownIn(root, VARIABLES, knows) ?? noVerdictFault(root);
}

function unknownIn(
  expr: Expr | undefined,
  names: ReadonlySet<string>,
  knows: (name: string) => boolean,
): ExpressionFault | null {
  if (expr === undefined) return null;
  const { exprKind: kind, id } = expr;
  const first = (parts: readonly (Expr | undefined)[], within = names) => {
    for (const part of parts) {
      const fault = unknownIn(part, within, knows);
      if (fault !== null) return fault;
    }
    return null;
  };
  switch (kind.case) {
    case 'identExpr': {
      const { name } = kind.value;
      if (names.has(name) || TYPES.has(name)) return null;
      const words = `There is no "${name}" here. An expression knows ${EXPRESSION_VARIABLES.join(', ')}; fields of the payload are behind data, as in data.${name}.`;
      return { id, words };
    }
    case 'selectExpr':
      return first([kind.value.operand]);
    case 'callExpr': {
      const { function: name, target, args } = kind.value;
      if (!BUILT_IN.has(name) && !knows(name)) {
        return { id, words: `There is no function ${name}().` };
      }
      return first([target, ...args]);
    }
    case 'listExpr':
      return first(kind.value.elements);
    case 'structExpr':
      return first(
        kind.value.entries.flatMap(({ keyKind, value }) => [
          keyKind.case === 'mapKey' ? keyKind.value : undefined,
          value,
        ]),
      );
    case 'comprehensionExpr': {
      const { iterRange, accuInit, loopCondition, loopStep, result } = kind.value;
      const { iterVar, iterVar2, accuVar } = kind.value;
      const within = new Set([...names, iterVar, iterVar2, accuVar]);
      return first([iterRange, accuInit]) ?? first([loopCondition, loopStep, result], within);
    }
    default:
      return null;
  }
}

function noVerdictFault({ exprKind: kind, id }: Expr): ExpressionFault | null {
  const isOther =
    (kind.case === 'constExpr' && kind.value.constantKind.case !== 'boolValue') ||
    (kind.case === 'callExpr' && NO_VERDICT.has(kind.value.function)) ||
    kind.case === 'listExpr' ||
    kind.case === 'structExpr';
  return isOther
    ? {
        id,
        words: 'This is never true or false. Compare it with something, e.g. data.amount > 10.',
      }
    : null;
}

/** Puts a call in front of each step of each loop over a list: a loop cannot be stopped from outside. */
export function guardLoops(expr: Expr | undefined, guard: string): void {
  if (expr === undefined) return;
  const { exprKind: kind } = expr;
  switch (kind.case) {
    case 'selectExpr':
      guardLoops(kind.value.operand, guard);
      return;
    case 'callExpr':
      for (const part of [kind.value.target, ...kind.value.args]) guardLoops(part, guard);
      return;
    case 'listExpr':
      for (const part of kind.value.elements) guardLoops(part, guard);
      return;
    case 'structExpr':
      for (const { keyKind, value } of kind.value.entries) {
        if (keyKind.case === 'mapKey') guardLoops(keyKind.value, guard);
        guardLoops(value, guard);
      }
      return;
    case 'comprehensionExpr': {
      const loop = kind.value;
      for (const part of [loop.iterRange, loop.accuInit, loop.loopStep, loop.result]) {
        guardLoops(part, guard);
      }
      const { loopCondition } = loop;
      if (loopCondition === undefined) return;
      guardLoops(loopCondition, guard);
      loop.loopCondition = call(loopCondition, '_&&_', [
        call(loopCondition, guard, []),
        loopCondition,
      ]);
      return;
    }
    default:
  }
}

/** A call that stands where `at` stood. */
function call(at: Expr, name: string, args: Expr[]): Expr {
  return {
    $typeName: 'cel.expr.Expr',
    id: at.id,
    exprKind: {
      case: 'callExpr',
      value: { $typeName: 'cel.expr.Expr.Call', function: name, args },
    },
  };
}
