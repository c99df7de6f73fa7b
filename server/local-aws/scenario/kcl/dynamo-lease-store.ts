import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ConsumerPlan } from './consumer-plan.ts';
import type { LeaseChange, LeaseStore } from './lease.ts';
import { changeToAttributes, leaseFromItem, leaseToItem } from './lease-item.ts';
import { scanTable } from './scan-table.ts';

/** The lease table of an application in DynamoDB. It has to exist. */
export function dynamoLeaseStore(
  client: DynamoDBClient,
  { application, library }: ConsumerPlan,
): LeaseStore {
  return {
    async create(lease) {
      const created = await ifUnmoved(() =>
        client.send(
          new PutItemCommand({
            TableName: application,
            Item: leaseToItem(lease, library),
            ConditionExpression: 'attribute_not_exists(leaseKey)',
          }),
        ),
      );
      return created !== null;
    },
    async update(leaseKey, change, expected) {
      const answer = await ifUnmoved(() =>
        client.send(
          new UpdateItemCommand({
            TableName: application,
            Key: { leaseKey: { S: leaseKey } },
            ...expressionsOf(change),
            ReturnValues: 'ALL_NEW',
          }),
        ),
      );
      return answer?.Attributes === undefined ? null : leaseFromItem(answer.Attributes);

      function expressionsOf(wanted: LeaseChange) {
        const { set, remove } = changeToAttributes(wanted, library);
        const names = Object.keys(set);
        const removal = remove.length === 0 ? '' : ` REMOVE ${remove.join(', ')}`;
        return {
          UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(', ')}${removal}`,
          ConditionExpression:
            typeof expected === 'number'
              ? 'leaseCounter = :expected'
              : 'leaseOwner = :expected AND attribute_not_exists(checkpointOwner)',
          ExpressionAttributeValues: {
            ':expected':
              typeof expected === 'number' ? { N: String(expected) } : { S: expected.soleOwner },
            ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
          },
        };
      }
    },
    async list() {
      const items = await scanTable(client, application);
      return items.map(leaseFromItem).filter((lease) => lease !== null);
    },
    async remove(leaseKey) {
      await client.send(
        new DeleteItemCommand({ TableName: application, Key: { leaseKey: { S: leaseKey } } }),
      );
    },
  };
}

/** @returns null where the condition of the call did not hold. */
async function ifUnmoved<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return null;
    }
    throw error;
  }
}
