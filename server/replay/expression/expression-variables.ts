import type { CelInput } from '@bufbuild/cel';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { ObjectVersion, ReplayRecord } from '#lib/domain/replay/record.ts';
import { jsonValue, textOf } from './json-value.ts';

/** Names that an expression may use, of one record each. What is not known of a record is null. */
export const EXPRESSION_VARIABLES = [
  /** Partition key. */
  'key',
  /** Explicit hash key, decimal text; null: none was archived. */
  'hashKey',
  /** The payload's JSON; null where it is none. */
  'data',
  /** The payload as text; null where it is no UTF-8. */
  'text',
  /** Bytes of the payload, int. */
  'size',
  /** Timestamp of arrival. */
  'arrival',
  'shard',
  /** Sequence number, decimal text. */
  'sequence',
  /** Key of the object that it lies in. */
  'object',
] as const;

type Variables = Record<(typeof EXPRESSION_VARIABLES)[number], CelInput>;

/** What is dear is made when an expression asks for it, and once. */
export function variablesOf(record: ReplayRecord, object: ObjectVersion): Variables {
  const { arrivalMs, shardId, sequenceNumber } = record.origin;
  let text: string | null | undefined;
  let data: CelInput | undefined;
  const textOnce = () => {
    if (text === undefined) text = textOf(record.data);
    return text;
  };
  return {
    key: record.partitionKey,
    size: BigInt(record.data.length),
    shard: shardId,
    object: object.key,
    get hashKey() {
      return record.explicitHashKey?.toString() ?? null;
    },
    get sequence() {
      return sequenceNumber?.toString() ?? null;
    },
    get arrival() {
      return arrivalMs === null ? null : timestampFromMs(arrivalMs);
    },
    get text() {
      return textOnce();
    },
    get data() {
      if (data === undefined) {
        const written = textOnce();
        data = written === null ? null : jsonValue(written);
      }
      return data;
    },
  };
}
