import type { JsonPath } from './json-path.ts';

/** How a time is written; Kinesis and Firehose use all three in one place or another. */
export type TimeForm = 'iso' | 'epoch-ms' | 'epoch-seconds';

/** Where an envelope, which is one JSON value a record, has what. Only the payload has to be there. */
export type EnvelopeMap = {
  /** The payload in base64. */
  readonly data: JsonPath;
  readonly partitionKey: JsonPath | null;
  readonly explicitHashKey: JsonPath | null;
  readonly shardId: JsonPath | null;
  readonly sequenceNumber: JsonPath | null;
  /** From 0, of a record that was taken out of an aggregate: such share their sequence number. */
  readonly subSequenceNumber: JsonPath | null;
  readonly arrival: { readonly path: JsonPath; readonly form: TimeForm } | null;
};

/** As this project's own archiver writes it, and many others that keep the names of the API. */
export const ENVELOPE: EnvelopeMap = {
  data: ['data'],
  partitionKey: ['partitionKey'],
  explicitHashKey: ['explicitHashKey'],
  shardId: ['shardId'],
  sequenceNumber: ['sequenceNumber'],
  subSequenceNumber: ['subSequenceNumber'],
  arrival: { path: ['approximateArrivalTimestamp'], form: 'iso' },
};

/**
 * What Firehose writes of records that it could not transform, convert or deliver (developer guide, "Handle failure in
 * data transformation" and "Handling errors for data format conversion"). It has no partition key.
 */
export const FIREHOSE_ERROR: EnvelopeMap = {
  data: ['rawData'],
  partitionKey: null,
  explicitHashKey: null,
  shardId: null,
  sequenceNumber: ['sequenceNumber'],
  subSequenceNumber: ['subSequenceNumber'],
  arrival: { path: ['arrivalTimestamp'], form: 'epoch-ms' },
};

const NOTHING_MORE = { explicitHashKey: null, shardId: null, subSequenceNumber: null } as const;

/** Records as the SDKs of some languages write them, in the names of the wire. */
export const SDK_RECORD: EnvelopeMap = {
  ...NOTHING_MORE,
  data: ['Data'],
  partitionKey: ['PartitionKey'],
  sequenceNumber: ['SequenceNumber'],
  arrival: { path: ['ApproximateArrivalTimestamp'], form: 'epoch-seconds' },
};

/** Records as a Lambda function gets them from an event source mapping (developer guide of Lambda, "Using Kinesis"). */
export const LAMBDA_EVENT: EnvelopeMap = {
  ...NOTHING_MORE,
  data: ['kinesis', 'data'],
  partitionKey: ['kinesis', 'partitionKey'],
  sequenceNumber: ['kinesis', 'sequenceNumber'],
  arrival: { path: ['kinesis', 'approximateArrivalTimestamp'], form: 'epoch-seconds' },
};
