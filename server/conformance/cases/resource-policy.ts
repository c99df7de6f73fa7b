import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { activeConsumer } from '#server/conformance/kinesis/consumers.ts';
import { readingPolicy } from '#server/conformance/kinesis/policy.ts';
import { BAD_PARAMETER } from '#server/conformance/kinesis/sources.ts';
import { refusedWhileCreating } from '#server/conformance/kinesis/while-changing.ts';
import { asRefusal } from '#server/conformance/refusal.ts';

function put(t: CaseTools, arn: string, policy: string): Promise<unknown> {
  return t.kinesis.send(new PutResourcePolicyCommand({ ResourceARN: arn, Policy: policy }));
}

/** The policy as a value; undefined where none is, which AWS's reference leaves open how to say. */
async function policyOf(t: CaseTools, arn: string): Promise<unknown> {
  try {
    const { Policy } = await t.kinesis.send(new GetResourcePolicyCommand({ ResourceARN: arn }));
    const policy: unknown = JSON.parse(Policy === undefined || Policy === '' ? '{}' : Policy);
    return JSON.stringify(policy) === '{}' ? undefined : policy;
  } catch (error) {
    if (asRefusal(error)?.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** PutResourcePolicy, GetResourcePolicy and DeleteResourcePolicy. */
export const resourcePolicyCases: readonly Case[] = [
  defineCase({
    name: 'PutResourcePolicy / of a stream, then another in its place',
    operation: 'PutResourcePolicy',
    behaviour: 'success',
    expected: 'GetResourcePolicy gives the policy put last',
    source: apiReference(
      'PutResourcePolicy',
      'Attaches a resource-based policy to a data stream or registered consumer.',
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      const first = readingPolicy(arn);
      await put(t, arn, first);
      t.same('policy', await policyOf(t, arn), JSON.parse(first));
      const second = first.replace('ReadByTheOwner', 'ReadByOneself');
      await put(t, arn, second);
      t.same('policy', await policyOf(t, arn), JSON.parse(second));
    },
  }),
  defineCase({
    name: 'GetResourcePolicy / of a consumer, apart from that of its stream',
    operation: 'GetResourcePolicy',
    behaviour: 'success',
    expected: 'the policy of the consumer; none of the stream',
    source: apiReference(
      'GetResourcePolicy',
      'Returns a policy attached to the specified data stream or consumer.',
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      const consumer = await activeConsumer(t, arn);
      const policy = readingPolicy(consumer).replace(
        '"kinesis:DescribeStreamSummary","kinesis:ListShards"',
        '"kinesis:DescribeStreamConsumer","kinesis:SubscribeToShard"',
      );
      await put(t, consumer, policy);
      t.same('of the consumer', await policyOf(t, consumer), JSON.parse(policy));
      t.same('of the stream', await policyOf(t, arn), undefined);
    },
  }),
  defineCase({
    name: 'DeleteResourcePolicy / of a stream',
    operation: 'DeleteResourcePolicy',
    behaviour: 'success',
    expected: 'GetResourcePolicy gives no policy',
    source: apiReference(
      'DeleteResourcePolicy',
      'Delete a policy for the specified data stream or consumer.',
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      await put(t, arn, readingPolicy(arn));
      await t.kinesis.send(new DeleteResourcePolicyCommand({ ResourceARN: arn }));
      t.same('policy', await policyOf(t, arn), undefined);
    },
  }),
  defineRefusal({
    operation: 'PutResourcePolicy',
    behaviour: 'invalid-argument',
    title: 'no JSON',
    exception: BAD_PARAMETER,
    source: apiReference(
      'PutResourcePolicy',
      'Policy: Details of the resource policy. It must include the identity of the principal and the actions allowed on this resource. This is formatted as a JSON string.',
    ),
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () => put(t, arn, 'everybody may');
    },
  }),
  refusedWhileCreating('PutResourcePolicy', (t, { arn }) => put(t, arn, readingPolicy(arn))),
  refusedWhileCreating(
    'DeleteResourcePolicy',
    (t, { arn }) => t.kinesis.send(new DeleteResourcePolicyCommand({ ResourceARN: arn })),
    // It cannot have a policy yet; which of the two is looked at first is not documented.
    { exception: ['ResourceInUseException', 'ResourceNotFoundException'] },
  ),
];
