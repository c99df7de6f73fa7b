import {
  type AttributeValue,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { Lease, LeaseStore } from './lease.ts';

const OWNER_INDEX = 'LeaseOwnerToLeaseKeyIndex';

/** Makes the lease table of an application, with the index that version 3 of the library adds. */
export async function createLeaseTable(client: DynamoDBClient, application: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: application,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'leaseKey', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'leaseKey', AttributeType: 'S' },
        { AttributeName: 'leaseOwner', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: OWNER_INDEX,
          KeySchema: [
            { AttributeName: 'leaseOwner', KeyType: 'HASH' },
            { AttributeName: 'leaseKey', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  await waitUntilTableExists(
    { client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 },
    { TableName: application },
  );
}

/** The lease table of an application in DynamoDB. It has to exist. */
export function dynamoLeaseStore(client: DynamoDBClient, application: string): LeaseStore {
  const write = async (lease: Lease, condition: string, expectedCounter?: number) => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: application,
          Item: leaseToItem(lease),
          ConditionExpression: condition,
          ...(expectedCounter !== undefined && {
            ExpressionAttributeValues: { ':expected': { N: String(expectedCounter) } },
          }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        return false;
      }
      throw error;
    }
  };
  return {
    create: (lease) => write(lease, 'attribute_not_exists(leaseKey)'),
    update: (lease, expected) => write(lease, 'leaseCounter = :expected', expected),
    async list() {
      const leases: Lease[] = [];
      let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName: application,
            ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
          }),
        );
        leases.push(...(page.Items ?? []).map(leaseFromItem));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return leases;
    },
    async remove(leaseKey) {
      await client.send(
        new DeleteItemCommand({ TableName: application, Key: { leaseKey: { S: leaseKey } } }),
      );
    },
  };
}

/** A lease as the library writes it: attributes without a value are left out. */
export function leaseToItem(lease: Lease): Record<string, AttributeValue> {
  return {
    leaseKey: { S: lease.leaseKey },
    ...(lease.leaseOwner !== null && { leaseOwner: { S: lease.leaseOwner } }),
    leaseCounter: { N: String(lease.leaseCounter) },
    checkpoint: { S: lease.checkpoint },
    checkpointSubSequenceNumber: { N: '0' },
    ownerSwitchesSinceCheckpoint: { N: String(lease.ownerSwitchesSinceCheckpoint) },
    ...(lease.parentShardIds.length > 0 && { parentShardId: { SS: [...lease.parentShardIds] } }),
    ...(lease.childShardIds.length > 0 && { childShardIds: { SS: [...lease.childShardIds] } }),
    startingHashKey: { S: lease.startingHashKey },
    endingHashKey: { S: lease.endingHashKey },
    throughputKBps: { N: lease.throughputKBps.toFixed(2) },
  };
}

export function leaseFromItem(item: Record<string, AttributeValue>): Lease {
  const text = (name: string) => item[name]?.S ?? '';
  const number = (name: string) => Number(item[name]?.N ?? 0);
  const { leaseOwner, parentShardId, childShardIds } = item;
  return {
    leaseKey: text('leaseKey'),
    leaseOwner: leaseOwner?.S ?? null,
    leaseCounter: number('leaseCounter'),
    checkpoint: text('checkpoint'),
    ownerSwitchesSinceCheckpoint: number('ownerSwitchesSinceCheckpoint'),
    parentShardIds: parentShardId?.SS ?? [],
    childShardIds: childShardIds?.SS ?? [],
    startingHashKey: text('startingHashKey'),
    endingHashKey: text('endingHashKey'),
    throughputKBps: number('throughputKBps'),
  };
}
