import { parseStreamArn } from '#lib/domain/stream-arn.ts';

/** The account that a stream belongs to; null where its ARN is none of AWS. */
export function accountOf(streamArn: string): string | null {
  return parseStreamArn(streamArn)?.accountId ?? null;
}
