import {
  PutRecordCommand,
  type PutRecordCommandOutput,
  type PutRecordsRequestEntry,
} from '@aws-sdk/client-kinesis';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { withinTheShardsRate } from './reading.ts';

/** The one shard, or the first, that CreateStream makes. */
export const FIRST_SHARD = 'shardId-000000000000';

export function bytes(length: number): Uint8Array {
  return new Uint8Array(length).fill(0x61);
}

export function text(data: Uint8Array | undefined): string | undefined {
  return data === undefined ? undefined : Buffer.from(data).toString('utf8');
}

/** For comparing data which is no text. */
export function hex(data: Uint8Array | undefined): string | undefined {
  return data === undefined ? undefined : Buffer.from(data).toString('hex');
}

/** Puts one small record: into the shard of its key, or of `hashKey`. */
export function put(
  t: CaseTools,
  stream: string,
  data: string,
  hashKey?: bigint | string,
): Promise<PutRecordCommandOutput> {
  return withinTheShardsRate(t, () =>
    t.kinesis.send(
      new PutRecordCommand({
        StreamName: stream,
        PartitionKey: 'key',
        Data: Buffer.from(data),
        ...(hashKey === undefined ? {} : { ExplicitHashKey: hashKey.toString() }),
      }),
    ),
  );
}

/** Puts so many small records one after another: `r0`, `r1`, ... */
export async function putInTurn(
  t: CaseTools,
  stream: string,
  count: number,
  hashKey?: bigint,
): Promise<PutRecordCommandOutput[]> {
  const answers: PutRecordCommandOutput[] = [];
  for (let index = 0; index < count; index += 1) {
    answers.push(await put(t, stream, `r${index}`, hashKey));
  }
  return answers;
}

/** Entries for PutRecords, all alike but for their number. */
export function entries(
  count: number,
  make: (index: number) => Partial<PutRecordsRequestEntry> = () => ({}),
): PutRecordsRequestEntry[] {
  return Array.from({ length: count }, (_none, index) => ({
    PartitionKey: `key-${index}`,
    Data: Buffer.from(`r${index}`),
    ...make(index),
  }));
}
