import { parseSequenceNumber, type SequenceNumber } from '#lib/domain/sequence-number.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { ShardPosition } from '#server/local-aws/engine/operations/get-shard-iterator.ts';

export function toSequenceNumber(value: string | undefined): SequenceNumber | undefined {
  // The pattern of the member has been checked, so what is there parses.
  return value === undefined ? undefined : (parseSequenceNumber(value) ?? undefined);
}

type PositionInput = {
  readonly type: ShardPosition['type'];
  readonly startingSequenceNumber: string | undefined;
  readonly timestampMs: number | undefined;
};

/** @throws KinesisError InvalidArgumentException where type and place do not go together. */
export function toPosition(input: PositionInput): ShardPosition {
  const { type, timestampMs } = input;
  const sequenceNumber = toSequenceNumber(input.startingSequenceNumber);
  switch (type) {
    case 'TRIM_HORIZON':
    case 'LATEST':
      if (sequenceNumber !== undefined) {
        throw mismatch(`Request specified ${type} and also a StartingSequenceNumber.`);
      }
      return { type };
    case 'AT_TIMESTAMP':
      if (timestampMs === undefined) {
        throw new KinesisError(
          'InvalidArgumentException',
          'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
        );
      }
      return { type, timestampMs };
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER':
      if (sequenceNumber === undefined) {
        throw mismatch(`Request specified ${type} and no StartingSequenceNumber.`);
      }
      return { type, sequenceNumber };
  }
}

function mismatch(what: string): KinesisError {
  return new KinesisError(
    'InvalidArgumentException',
    'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or ' +
      `(2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. ${what}`,
  );
}
