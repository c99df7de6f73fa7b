import {
  DescribeStreamConsumerCommand,
  RegisterStreamConsumerCommand,
} from '@aws-sdk/client-kinesis';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { asRefusal } from '#server/conformance/refusal.ts';

/**
 * Registers a consumer with a stream and waits until it is ACTIVE. Waits too while others have five consumers in
 * CREATING, which are all that there may be.
 *
 * @returns its ARN
 */
export async function activeConsumer(
  t: CaseTools,
  streamArn: string,
  name = 'reader',
): Promise<string> {
  const { Consumer } = await t.eventually(`consumer ${name} may be registered`, async () => {
    try {
      return await t.kinesis.send(
        new RegisterStreamConsumerCommand({ StreamARN: streamArn, ConsumerName: name }),
      );
    } catch (error) {
      if (asRefusal(error)?.name === 'LimitExceededException') return undefined;
      throw error;
    }
  });
  const arn = Consumer?.ConsumerARN;
  if (arn === undefined) throw new Error('RegisterStreamConsumer answers without a ConsumerARN.');
  await t.eventually(`consumer ${name} is ACTIVE`, async () => {
    const { ConsumerDescription } = await t.kinesis.send(
      new DescribeStreamConsumerCommand({ ConsumerARN: arn }),
    );
    return ConsumerDescription?.ConsumerStatus === 'ACTIVE' ? true : undefined;
  });
  return arn;
}
