import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './lease-item.ts';

/** BatchWriteItem takes no more. */
const BATCH_MAX = 25;

export type TableWrite = {
  readonly tableName: string;
  readonly write: { readonly put: Item } | { readonly remove: Item };
};

/** Puts and removes rows, whatever was there. At most one write a row. @throws Error where DynamoDB leaves some undone */
export async function writeRows(
  client: DynamoDBClient,
  writes: readonly TableWrite[],
): Promise<void> {
  for (let at = 0; at < writes.length; at += BATCH_MAX) {
    const RequestItems: Record<string, WriteRequest[]> = {};
    for (const { tableName, write } of writes.slice(at, at + BATCH_MAX)) {
      const requests = RequestItems[tableName] ?? [];
      RequestItems[tableName] = requests;
      requests.push(
        'put' in write
          ? { PutRequest: { Item: write.put } }
          : { DeleteRequest: { Key: write.remove } },
      );
    }
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems }));
    if (Object.keys(UnprocessedItems ?? {}).length > 0) {
      throw new Error('DynamoDB left rows of a batch unwritten');
    }
  }
}
