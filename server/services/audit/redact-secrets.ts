const SECRET_NAME =
  /secret|password|passphrase|token|credential|authorization|cookie|accesskey|externalid/i;
const TEXT_LENGTH_MAX = 2_000;
const ITEMS_MAX = 200;
const DEPTH_MAX = 8;

/**
 * The input of a mutation as the audit may keep it: JSON, with what is named like a secret taken out and
 * what is very long cut. Never throws.
 */
export function redactSecrets(input: unknown, depth = 0): unknown {
  switch (typeof input) {
    case 'string':
      return input.length <= TEXT_LENGTH_MAX
        ? input
        : `${input.slice(0, TEXT_LENGTH_MAX)}… (${input.length} characters)`;
    case 'number':
      // JSON has no -0.
      return Number.isFinite(input) ? input + 0 : String(input);
    case 'boolean':
      return input;
    case 'bigint':
      return String(input);
    case 'object':
      break;
    default:
      return null;
  }
  if (input === null) return null;
  if (depth >= DEPTH_MAX) return '[too deep]';
  if (input instanceof Date) {
    return Number.isNaN(input.getTime()) ? '[no date]' : input.toISOString();
  }
  if (Array.isArray(input)) {
    const kept = input.slice(0, ITEMS_MAX).map((item) => redactSecrets(item, depth + 1));
    return input.length <= ITEMS_MAX ? kept : [...kept, `[${input.length - ITEMS_MAX} more]`];
  }
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      SECRET_NAME.test(name) ? '[redacted]' : redactSecrets(value, depth + 1),
    ]),
  );
}
