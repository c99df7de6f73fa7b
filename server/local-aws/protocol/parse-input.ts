import type { z } from 'zod';
import { AwsError, type AwsErrorNames } from './aws-error.ts';

/** @throws AwsError of these names, which says which member is at fault and why. */
export function parseInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
  invalid: AwsErrorNames,
): z.infer<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  throw new AwsError(
    invalid,
    `1 validation error detected: Value at '${issue?.path.join('.') ?? ''}' failed to satisfy constraint: ${issue?.message ?? ''}`,
  );
}
