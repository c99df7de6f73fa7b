import {
  bucketDestination,
  channelMembers,
  channelSummaryMembers,
  logging,
  tableDestination,
  toBucketDestination,
  toLogging,
  toTableDestination,
} from './channel-members.ts';
import { nextToken, streamArn, streamName, tagKey, tagValue } from './members.ts';
import { type OperationTable, operation } from './operation.ts';
import { instant, integer, list, oneOf, required, structure, text, textMap } from './shape.ts';

/** Source: DescribeChannel. */
const channelArn = text({
  min: 1,
  max: 2048,
  pattern: 'arn:aws.*:kinesis:.*:\\d{12}:channel/\\S+',
});

/** The reference states no pattern that we could read; that of streams is assumed. */
const channelName = streamName;

const freshness = structure({ DataFreshnessInSeconds: required(integer()) });

/** Channels: deliveries to S3 that AWS runs itself. Here they are kept and told, and deliver nothing. */
export const CHANNEL_OPERATIONS: OperationTable = {
  CreateChannel: operation(
    structure({
      ChannelName: required(channelName),
      ServiceExecutionRoleARN: required(text({ min: 1, max: 2048 })),
      StreamConfigurationList: required(
        list(
          required(
            structure({
              StreamARN: required(streamArn),
              RecordConfiguration: required(
                structure({
                  RecordFormatType: required(oneOf(['GSR_JSON', 'JSON', 'STRING', 'BYTE_ARRAY'])),
                  GSRSchemaARN: text({ min: 1, max: 2048 }),
                }),
              ),
            }),
          ),
          // "Currently, one stream is supported per channel."
          { min: 1, max: 1 },
        ),
      ),
      S3DestinationConfiguration: bucketDestination,
      S3TablesDestinationConfiguration: tableDestination,
      EncryptionConfiguration: structure({
        EncryptionType: required(oneOf(['KMS'])),
        KeyId: required(text({ min: 1, max: 2048 })),
      }),
      Tags: textMap(tagKey, tagValue, { max: 200 }),
      LoggingConfiguration: logging,
    }),
    (input, { engine, nowMs }) => {
      const {
        StreamConfigurationList: [source],
        S3DestinationConfiguration: bucket,
        S3TablesDestinationConfiguration: table,
      } = input;
      const channel = engine.createChannel(
        {
          name: input.ChannelName,
          roleArn: input.ServiceExecutionRoleARN,
          // The list has exactly one.
          streamArn: source?.StreamARN ?? '',
          recordFormat: source?.RecordConfiguration.RecordFormatType ?? 'JSON',
          schemaArn: source?.RecordConfiguration.GSRSchemaARN ?? null,
          destinations: [
            ...(bucket === undefined ? [] : [toBucketDestination(bucket)]),
            ...(table === undefined ? [] : toTableDestination(table)),
          ],
          encryptionKeyId: input.EncryptionConfiguration?.KeyId ?? null,
          logging:
            input.LoggingConfiguration === undefined ? {} : toLogging(input.LoggingConfiguration),
          tags: input.Tags,
        },
        nowMs,
      );
      return { ChannelDescription: channelMembers(channel) };
    },
  ),

  DescribeChannel: operation(
    structure({ ChannelARN: required(channelArn) }),
    (input, { engine, nowMs }) => ({
      ChannelDescription: channelMembers(engine.describeChannel(input.ChannelARN, nowMs)),
    }),
  ),

  ListChannels: operation(
    structure({
      StreamFilter: list(
        required(structure({ StreamARN: required(streamArn), StreamCreationTimestamp: instant() })),
      ),
      MaxResults: integer({ min: 1, max: 10_000 }),
      NextToken: nextToken,
    }),
    (input, { engine, nowMs }) => {
      const { channels, nextToken: next } = engine.listChannels(
        {
          streams: input.StreamFilter?.map(({ StreamARN, StreamCreationTimestamp }) => ({
            streamArn: StreamARN,
            createdAtMs: StreamCreationTimestamp,
          })),
          maxResults: input.MaxResults,
          nextToken: input.NextToken,
        },
        nowMs,
      );
      return {
        ChannelSummaries: channels.map(channelSummaryMembers),
        NextToken: next ?? undefined,
      };
    },
  ),

  UpdateChannel: operation(
    structure({
      ChannelARN: required(channelArn),
      S3DestinationConfiguration: freshness,
      S3TablesDestinationConfiguration: freshness,
      LoggingConfiguration: logging,
    }),
    (input, { engine, nowMs }) => {
      const bucket = input.S3DestinationConfiguration;
      const table = input.S3TablesDestinationConfiguration;
      const channel = engine.updateChannel(
        {
          channelArn: input.ChannelARN,
          ...(table !== undefined && {
            freshness: { type: 'S3_TABLES', seconds: table.DataFreshnessInSeconds },
          }),
          ...(bucket !== undefined && {
            freshness: { type: 'S3', seconds: bucket.DataFreshnessInSeconds },
          }),
          logging:
            input.LoggingConfiguration === undefined
              ? undefined
              : toLogging(input.LoggingConfiguration),
        },
        nowMs,
      );
      return { ChannelDescription: channelMembers(channel) };
    },
  ),

  DeleteChannel: operation(
    structure({ ChannelARN: required(channelArn) }),
    (input, { engine, nowMs }) => {
      engine.deleteChannel(input.ChannelARN, nowMs);
      return {};
    },
  ),
};
