import type { Account } from '#server/local-aws/engine/account.ts';
import { channelArn } from '#server/local-aws/engine/arn.ts';
import {
  type BucketDestination,
  Channel,
  type ChannelDestination,
  type ChannelLogging,
  channelId,
  type DeadLetterQueue,
  type RecordFormat,
  type TableDestination,
} from '#server/local-aws/engine/channel.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { assertFreshness } from './channel-freshness.ts';
import { type ChannelDescription, describeChannelAt } from './describe-channel.ts';
import { assertTags } from './tags.ts';

/** Which formats each kind of destination takes. Source: RecordConfiguration. */
const FORMATS: Readonly<Record<ChannelDestination['type'], readonly RecordFormat[]>> = {
  S3: ['JSON', 'STRING', 'BYTE_ARRAY'],
  S3_TABLES: ['GSR_JSON', 'JSON'],
};

/** The service's own key, which channels do not take. Source: ChannelEncryptionConfiguration. */
const SERVICE_KEY = /(^|\/)aws\/kinesis$/;

/** Source: CloudWatchLogs. */
const LOG_STREAM_DEFAULT = 'DestinationDelivery';

/** What a channel is to deliver to; of a bucket it need not be said where failed records go. */
export type NewDestination =
  | (Omit<BucketDestination, 'deadLetterQueue'> & {
      readonly deadLetterQueue: DeadLetterQueue | null;
    })
  | TableDestination;

export type CreateChannelInput = {
  readonly name: string;
  readonly roleArn: string;
  readonly streamArn: string;
  readonly recordFormat: RecordFormat;
  readonly schemaArn: string | null;
  /** Exactly one. */
  readonly destinations: readonly NewDestination[];
  readonly encryptionKeyId: string | null;
  readonly logging: Partial<ChannelLogging>;
  readonly tags?: Readonly<Record<string, string>> | undefined;
};

/**
 * Makes a channel of an on-demand stream. Its exceptions are AWS's; which of them answers which fault is documented for
 * the mode (none but ValidationException speaks of it) and for rates, and assumed for the others.
 * @throws KinesisError ResourceNotFound, ResourceInUse (the stream is not ACTIVE, or the name is taken), Validation (a
 * provisioned stream), LimitExceeded (another channel of the stream has this kind of destination), InvalidArgument.
 */
export function createChannel(
  account: Account,
  input: CreateChannelInput,
  nowMs: number,
): ChannelDescription {
  const destination = onlyDestination(input);
  assertFreshness(destination.freshnessSeconds);
  assertFormat(input, destination);
  assertKey(input.encryptionKeyId);
  const stream = account.activeStream({ streamArn: input.streamArn }, nowMs);
  assertOnDemand(account, stream);
  assertNameIsFree(account, input.name, nowMs);
  assertQuota(account, stream, destination, nowMs);
  const tags = new Map(Object.entries(input.tags ?? {}));
  assertTags(input.name, account, tags);
  const id = channelId(input.name, nowMs);
  const { accountId, region, transitionMs } = account.options;
  const channel = new Channel({
    name: input.name,
    id,
    arn: channelArn({ accountId, region, channelId: id }),
    createdAtMs: nowMs,
    activeFromMs: nowMs + transitionMs,
    roleArn: input.roleArn,
    streamArn: stream.arn,
    streamCreatedAtMs: stream.createdAtMs,
    recordFormat: input.recordFormat,
    schemaArn: input.schemaArn,
    destination: withDeadLetterQueue(destination, input.name, id),
    encryptionKeyId: input.encryptionKeyId,
    // That nothing is logged unless it is asked for is assumed; the names are documented.
    logging: {
      isEnabled: false,
      logGroupName: `/aws/kinesis/${input.name}/${id}`,
      logStreamName: LOG_STREAM_DEFAULT,
      ...input.logging,
    },
  });
  for (const [key, value] of tags) {
    channel.tags.set(key, value);
  }
  account.channels.add(channel);
  // AWS answers CREATING whatever follows, and so do we where nothing takes time.
  return { ...describeChannelAt(channel, nowMs), status: 'CREATING' };
}

function onlyDestination({ destinations }: CreateChannelInput): NewDestination {
  const [destination, other] = destinations;
  if (destination === undefined || other !== undefined) {
    throw new KinesisError(
      'InvalidArgumentException',
      'Specify either S3DestinationConfiguration or S3TablesDestinationConfiguration, but not both.',
    );
  }
  return destination;
}

/** Failed records go beside the others, under a prefix of their own. Source: the example of CreateChannel. */
function withDeadLetterQueue(
  destination: NewDestination,
  name: string,
  id: string,
): ChannelDestination {
  if (destination.type === 'S3_TABLES') {
    return destination;
  }
  const { bucketArn, expectedBucketOwner } = destination;
  const errorOutputPrefix = `kinesis-channel/errors/${name}/${id}/`;
  return {
    ...destination,
    deadLetterQueue: destination.deadLetterQueue ?? {
      bucketArn,
      expectedBucketOwner,
      errorOutputPrefix,
    },
  };
}

function assertFormat(
  { recordFormat, schemaArn }: CreateChannelInput,
  { type }: Pick<ChannelDestination, 'type'>,
) {
  if (!FORMATS[type].includes(recordFormat)) {
    throw new KinesisError(
      'InvalidArgumentException',
      `RecordFormatType ${recordFormat} is not supported for destinations of type ${type}.`,
    );
  }
  if (type === 'S3_TABLES' && schemaArn === null) {
    throw new KinesisError(
      'InvalidArgumentException',
      'GSRSchemaARN is required when the channel destination is a streaming table.',
    );
  }
}

function assertKey(keyId: string | null): void {
  if (keyId !== null && SERVICE_KEY.test(keyId)) {
    throw new KinesisError(
      'InvalidArgumentException',
      'The Amazon Kinesis Data Streams service key (aws/kinesis) cannot be used for a channel.',
    );
  }
}

function assertOnDemand(account: Account, { mode, name }: EngineStream): void {
  if (mode !== 'ON_DEMAND') {
    throw new KinesisError(
      'ValidationException',
      `Request is invalid. Stream ${name} under account ${account.options.accountId} is in Provisioned mode.`,
    );
  }
}

function assertNameIsFree(account: Account, name: string, nowMs: number): void {
  if (account.channels.list(nowMs).some(({ init }) => init.name === name)) {
    throw new KinesisError(
      'ResourceInUseException',
      `Channel ${name} under account ${account.options.accountId} already exists.`,
    );
  }
}

/** Source: "Delivery quotas and limits": one delivery to tables and one to a bucket, for each stream. */
function assertQuota(
  account: Account,
  stream: EngineStream,
  { type }: Pick<ChannelDestination, 'type'>,
  nowMs: number,
): void {
  const present = account.channels.ofStream(stream.arn, stream.createdAtMs, nowMs);
  if (present.some((channel) => channel.init.destination.type === type)) {
    throw new KinesisError(
      'LimitExceededException',
      `Stream ${stream.name} under account ${account.options.accountId} cannot have more than 1 channel of type ${type}.`,
    );
  }
}
