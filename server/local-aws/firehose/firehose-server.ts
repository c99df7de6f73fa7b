import { z } from 'zod';
import { AwsError, type AwsErrorNames } from '#server/local-aws/protocol/aws-error.ts';
import { jsonProtocol } from '#server/local-aws/protocol/json-protocol.ts';
import { parseInput } from '#server/local-aws/protocol/parse-input.ts';
import { notAuthorized } from '#server/local-aws/protocol/principal.ts';
import {
  type ServiceContext,
  type ServiceHandler,
  serveAws,
} from '#server/local-aws/protocol/serve-aws.ts';
import type { WireValue } from '#server/local-aws/wire/wire-value.ts';
import type { DeliveryStream } from './delivery-stream.ts';
import { describeDeliveryStream, KINESIS_SOURCE_TYPE } from './describe-delivery-stream.ts';

/** Names of one page. Source: API reference, ListDeliveryStreams. */
const PAGE_SIZE = 10;

const name = z.string().min(1).max(64);

const listRequest = z.object({
  Limit: z.int().min(1).max(10_000).default(PAGE_SIZE),
  DeliveryStreamType: z.string().optional(),
  ExclusiveStartDeliveryStreamName: name.optional(),
});

const describeRequest = z.object({
  DeliveryStreamName: name,
  Limit: z.int().min(1).max(10_000).optional(),
  ExclusiveStartDestinationId: z.string().optional(),
});

export type FirehoseServerOptions = ServiceContext & {
  readonly accountId: string;
  readonly deliveryStreams: () => readonly DeliveryStream[];
};

/** Firehose, to be looked at: the delivery streams that really run. */
export function createFirehoseServer(options: FirehoseServerOptions): ServiceHandler {
  const { accountId, deliveryStreams } = options;

  function list(input: unknown): WireValue {
    const request = parseInput(listRequest, input, named('ValidationException'));
    const { ExclusiveStartDeliveryStreamName: after = '', DeliveryStreamType: type } = request;
    const names = deliveryStreams()
      .filter(() => type === undefined || type === KINESIS_SOURCE_TYPE)
      .map((stream) => stream.name)
      .sort()
      .filter((one) => one > after);
    return {
      DeliveryStreamNames: names.slice(0, request.Limit),
      HasMoreDeliveryStreams: names.length > request.Limit,
    };
  }

  function describe(input: unknown): WireValue {
    const request = parseInput(describeRequest, input, named('ValidationException'));
    const stream = deliveryStreams().find((one) => one.name === request.DeliveryStreamName);
    if (stream === undefined) {
      throw new AwsError(
        named('ResourceNotFoundException'),
        `Firehose ${request.DeliveryStreamName} under account ${accountId} not found.`,
      );
    }
    return { DeliveryStreamDescription: describeDeliveryStream(stream, accountId) };
  }

  return serveAws(
    {
      protocols: [jsonProtocol({ version: '1.1', targetPrefix: 'Firehose_20150804.' })],
      operations: { ListDeliveryStreams: list, DescribeDeliveryStream: describe },
      refuse: (operation) =>
        notAuthorized(named('AccessDeniedException'), accountId, `firehose:${operation}`),
      errors: {
        missingCredentials: named('MissingAuthenticationTokenException'),
        throttled: named('ThrottlingException'),
        failed: named('InternalFailure', 500),
      },
    },
    options,
  );
}

function named(type: string, status = 400): AwsErrorNames {
  return { type, queryCode: type, status };
}
