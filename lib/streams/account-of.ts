/** The account that an ARN names; null where it names none. @example accountOf('arn:aws:kinesis:eu-west-1:123456789012:stream/a') // '123456789012' */
export function accountOf(arn: string): string | null {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null;
}
