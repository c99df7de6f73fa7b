import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import {
  isSameItem,
  loadItem,
  type StoredItem,
  storeItem,
} from '#lib/domain/consumers/rewind/stored-item.ts';
import type { Api } from './api-quotas.ts';
import type { Caller } from './call.ts';

/** One lease as it was read, and as it is to be; null: none. */
type LeaseWrite = {
  readonly leaseKey: string;
  readonly former: StoredItem | null;
  readonly wanted: StoredItem | null;
};

/**
 * Reads and writes leases of the Kinesis Client Library, on a person's demand. All throw AwsFailure. Writes may be
 * repeated without harm: each is made on the condition that the lease is as it was read, and one whose answer was lost is
 * known again by what it wrote.
 */
export type LeaseTable = {
  /** All rows of a table, strongly consistent: what is not a lease, too. */
  readAll(tableName: string, signal: AbortSignal): Promise<readonly StoredItem[]>;
  /** @returns `changed` where the lease is neither as it was read nor as it is to be: nothing was written */
  write(tableName: string, write: LeaseWrite, signal: AbortSignal): Promise<'written' | 'changed'>;
};

const ROWS_PER_PAGE = 500;

export function openLeaseTable(clientOf: (api: Api) => DynamoDBClient, caller: Caller): LeaseTable {
  async function readOne(tableName: string, leaseKey: string, signal: AbortSignal) {
    const dynamodb = clientOf('dynamodb:GetItem');
    const { Item: item } = await caller.call('dynamodb:GetItem', signal, (abortSignal) =>
      dynamodb.send(
        new GetItemCommand({
          TableName: tableName,
          Key: { leaseKey: { S: leaseKey } },
          ConsistentRead: true,
        }),
        { abortSignal },
      ),
    );
    return item === undefined ? null : storeItem(item);
  }

  return {
    async readAll(tableName, signal) {
      const dynamodb = clientOf('dynamodb:Scan');
      const rows: StoredItem[] = [];
      let from: Record<string, AttributeValue> | undefined;
      do {
        const page = await caller.call('dynamodb:Scan', signal, (abortSignal) =>
          dynamodb.send(
            new ScanCommand({
              TableName: tableName,
              ConsistentRead: true,
              Limit: ROWS_PER_PAGE,
              ...(from !== undefined && { ExclusiveStartKey: from }),
            }),
            { abortSignal },
          ),
        );
        for (const item of page.Items ?? []) rows.push(storeItem(item));
        from = page.LastEvaluatedKey;
      } while (from !== undefined);
      return rows;
    },

    async write(tableName, { leaseKey, former, wanted }, signal) {
      const api = wanted === null ? 'dynamodb:DeleteItem' : 'dynamodb:PutItem';
      const dynamodb = clientOf(api);
      const condition = asItWas(former);
      const command =
        wanted === null
          ? new DeleteItemCommand({
              TableName: tableName,
              Key: { leaseKey: { S: leaseKey } },
              ...condition,
            })
          : new PutItemCommand({ TableName: tableName, Item: attributesOf(wanted), ...condition });
      const isWritten = await caller.call(api, signal, async (abortSignal) => {
        try {
          await (command instanceof PutItemCommand
            ? dynamodb.send(command, { abortSignal })
            : dynamodb.send(command, { abortSignal }));
          return true;
        } catch (error) {
          if (error instanceof ConditionalCheckFailedException) return false;
          throw error;
        }
      });
      if (isWritten) return 'written';
      // An earlier try whose answer was lost may have written it.
      const now = await readOne(tableName, leaseKey, signal);
      return isSameItem(now, wanted) ? 'written' : 'changed';
    },
  };
}

/** The condition that a lease is the one that was read: renewed by nobody, owned by the same, at the same place. */
function asItWas(former: StoredItem | null) {
  if (former === null) return { ConditionExpression: 'attribute_not_exists(leaseKey)' };
  const attributes = attributesOf(former);
  const names = ['leaseCounter', 'leaseOwner', 'checkpointOwner', 'checkpoint'] as const;
  const values: Record<string, AttributeValue> = {};
  const terms = names.map((name) => {
    const value = attributes[name];
    if (value === undefined) return `attribute_not_exists(${name})`;
    values[`:${name}`] = value;
    return `${name} = :${name}`;
  });
  return {
    ConditionExpression: terms.join(' AND '),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

/** It is what DynamoDB gave, or was made from that. */
function attributesOf(item: StoredItem): Record<string, AttributeValue> {
  return loadItem(item) as Record<string, AttributeValue>;
}
