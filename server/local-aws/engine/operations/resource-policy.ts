import type { Account } from '#server/local-aws/engine/account.ts';
import { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { findResource, type Resource } from '#server/local-aws/engine/find-consumer.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { assertNotInTransit } from './list-shards.ts';

export type ResourceInput = { readonly resourceArn: string };
export type PutResourcePolicyInput = ResourceInput & { readonly policy: string };

/**
 * Kept and told, not enforced: requests are not authenticated here.
 * @throws KinesisError InvalidArgument, ResourceNotFound, ResourceInUse while the stream is CREATING or DELETING.
 */
export function putResourcePolicy(
  account: Account,
  input: PutResourcePolicyInput,
  nowMs: number,
): void {
  const resource = changeable(account, input, nowMs);
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

/** @throws KinesisError ResourceNotFoundException, also where there is no policy; ResourceInUse as to put one. */
export function deleteResourcePolicy(account: Account, input: ResourceInput, nowMs: number): void {
  const resource = changeable(account, input, nowMs);
  if (resource.policy === null) {
    throw new KinesisError(
      'ResourceNotFoundException',
      `No resource policy found for resource ARN ${input.resourceArn}.`,
    );
  }
  resource.policy = null;
}

function changeable(account: Account, { resourceArn }: ResourceInput, nowMs: number): Resource {
  const resource = findResource(account, resourceArn, nowMs);
  if (resource instanceof EngineStream) {
    assertNotInTransit(account, resource);
  }
  return resource;
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
