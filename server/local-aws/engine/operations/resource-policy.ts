import type { Account } from '#server/local-aws/engine/account.ts';
import { findResource } from '#server/local-aws/engine/find-consumer.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

export type ResourceInput = { readonly resourceArn: string };
export type PutResourcePolicyInput = ResourceInput & { readonly policy: string };

/** Kept and told, not enforced: requests are not authenticated here. */
export function putResourcePolicy(
  account: Account,
  input: PutResourcePolicyInput,
  nowMs: number,
): void {
  const resource = findResource(account, input.resourceArn, nowMs);
  if (!isJsonObject(input.policy)) {
    // The text is ours: AWS's reference names the exception only.
    throw new KinesisError('InvalidArgumentException', 'The policy is not a valid JSON document.');
  }
  resource.policy = input.policy;
}

/** `{}` where none was put, as other implementations of the service answer; AWS's reference is silent. */
export function getResourcePolicy(account: Account, input: ResourceInput, nowMs: number): string {
  return findResource(account, input.resourceArn, nowMs).policy ?? '{}';
}

/** @throws KinesisError ResourceNotFoundException, also where there is no policy. */
export function deleteResourcePolicy(account: Account, input: ResourceInput, nowMs: number): void {
  const resource = findResource(account, input.resourceArn, nowMs);
  if (resource.policy === null) {
    throw new KinesisError(
      'ResourceNotFoundException',
      `No resource policy found for resource ARN ${input.resourceArn}.`,
    );
  }
  resource.policy = null;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return false;
    }
    throw error;
  }
}
