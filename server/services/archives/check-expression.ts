import type { ExpressionCheck } from '#lib/replay/view/archive-sample.ts';
import { compileExpression } from '#server/replay/record-expression.ts';

/** Whether an expression in CEL can be used, and where not. */
export function checkExpression(args: { input: { readonly expression: string } }): ExpressionCheck {
  const compiled = compileExpression(args.input.expression);
  return compiled.ok ? { isUsable: true } : compiled.fault;
}
