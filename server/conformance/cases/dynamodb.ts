import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableInput,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Case, defineCase, defineRefusal, type Source } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';

const needs = { endpoint: 'dynamodb' } as const;

function reference(operation: string, quote: string): Source {
  return {
    url: `https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_${operation}.html`,
    quote,
  };
}

/** A lease table as the KCL makes it: `leaseKey` is its only key. */
async function leaseTable(t: CaseTools, more: Partial<CreateTableInput> = {}): Promise<string> {
  const table = t.freshName();
  t.afterwards(({ dynamodb }) =>
    Promise.resolve(dynamodb?.send(new DeleteTableCommand({ TableName: table }))),
  );
  await t.dynamodb.send(
    new CreateTableCommand({
      TableName: table,
      KeySchema: [{ AttributeName: 'leaseKey', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'leaseKey', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      ...more,
    }),
  );
  await t.eventually(`${table} is ACTIVE`, async () => {
    const { Table } = await t.dynamodb.send(new DescribeTableCommand({ TableName: table }));
    return Table?.TableStatus === 'ACTIVE' ? true : undefined;
  });
  return table;
}

function lease(key: string, counter: number, owner = 'worker-1'): Record<string, AttributeValue> {
  return { leaseKey: { S: key }, leaseCounter: { N: String(counter) }, leaseOwner: { S: owner } };
}

function put(t: CaseTools, table: string, item: Record<string, AttributeValue>): Promise<unknown> {
  return t.dynamodb.send(new PutItemCommand({ TableName: table, Item: item }));
}

/** As a worker renews its lease: only while nobody else has moved the counter. */
function renew(t: CaseTools, table: string, key: string, seen: number) {
  return t.dynamodb.send(
    new UpdateItemCommand({
      TableName: table,
      Key: { leaseKey: { S: key } },
      UpdateExpression: 'SET leaseCounter = :next',
      ConditionExpression: 'leaseCounter = :seen AND leaseOwner = :owner',
      ExpressionAttributeValues: {
        ':next': { N: String(seen + 1) },
        ':seen': { N: String(seen) },
        ':owner': { S: 'worker-1' },
      },
      ReturnValues: 'ALL_NEW',
    }),
  );
}

/** What lease tables need of DynamoDB. */
export const dynamodbCases: readonly Case[] = [
  defineCase({
    name: 'DynamoDB.UpdateItem / a condition that holds',
    operation: 'DynamoDB.UpdateItem',
    behaviour: 'success',
    expected: 'the new item, with ReturnValues ALL_NEW',
    source: reference(
      'UpdateItem',
      'ReturnValues: ALL_NEW - Returns all of the attributes of the item, as they appear after the UpdateItem operation.',
    ),
    needs,
    async run(t) {
      const table = await leaseTable(t);
      await put(t, table, lease('shardId-000000000000', 4));
      const { Attributes } = await renew(t, table, 'shardId-000000000000', 4);
      t.same('Attributes', Attributes, lease('shardId-000000000000', 5));
      const { Item } = await t.dynamodb.send(
        new GetItemCommand({
          TableName: table,
          Key: { leaseKey: { S: 'shardId-000000000000' } },
          ConsistentRead: true,
        }),
      );
      t.same('Item', Item, lease('shardId-000000000000', 5));
    },
  }),
  defineRefusal({
    operation: 'DynamoDB.UpdateItem',
    behaviour: 'wrong-state',
    title: 'a condition that does not hold',
    exception: 'ConditionalCheckFailedException',
    message: /^The conditional request failed$/,
    source: reference(
      'UpdateItem',
      'ConditionalCheckFailedException: A condition specified in the operation failed to be evaluated.',
    ),
    needs,
    async prepare(t) {
      const table = await leaseTable(t);
      await put(t, table, lease('shardId-000000000000', 5));
      return () => renew(t, table, 'shardId-000000000000', 4);
    },
  }),
  defineRefusal({
    operation: 'DynamoDB.PutItem',
    behaviour: 'wrong-state',
    title: 'only if it is not there, and it is',
    exception: 'ConditionalCheckFailedException',
    source: reference(
      'PutItem',
      'To prevent a new item from replacing an existing item, use a conditional expression that contains the attribute_not_exists function with the name of the attribute being used as the partition key for the table.',
    ),
    needs,
    async prepare(t) {
      const table = await leaseTable(t);
      await put(t, table, lease('shardId-000000000000', 0));
      return () =>
        t.dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: lease('shardId-000000000000', 0, 'worker-2'),
            ConditionExpression: 'attribute_not_exists(leaseKey)',
          }),
        );
    },
  }),
  defineCase({
    name: 'DynamoDB.Scan / pages by Limit and LastEvaluatedKey',
    operation: 'DynamoDB.Scan',
    behaviour: 'paging',
    expected: 'each of 25 items once, at most ten a page',
    source: reference(
      'Scan',
      'LastEvaluatedKey: The primary key of the item where the operation stopped, inclusive of the previous result set. Use this value to start a new operation, excluding this value in the new request.',
    ),
    needs,
    async run(t) {
      const table = await leaseTable(t);
      const keys = Array.from({ length: 25 }, (_none, index) => `shardId-${index}`).sort();
      await t.dynamodb.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [table]: keys.map((key) => ({ PutRequest: { Item: lease(key, 0) } })),
          },
        }),
      );
      const seen: (string | undefined)[] = [];
      let from: Record<string, AttributeValue> | undefined;
      do {
        const page = await t.dynamodb.send(
          new ScanCommand({
            TableName: table,
            Limit: 10,
            ConsistentRead: true,
            ...(from === undefined ? {} : { ExclusiveStartKey: from }),
          }),
        );
        t.holds('items of a page', (page.Items?.length ?? 0) <= 10, page.Items?.length);
        seen.push(...(page.Items ?? []).map((item) => item['leaseKey']?.S));
        from = page.LastEvaluatedKey;
      } while (from !== undefined && seen.length < 100);
      t.same('keys', seen.sort(), keys);
    },
  }),
  defineCase({
    name: 'DynamoDB.Scan / a filter and a projection',
    operation: 'DynamoDB.Scan',
    behaviour: 'filter',
    expected: 'of three items the two of this owner; ScannedCount 3',
    source: reference(
      'Scan',
      'FilterExpression: A string that contains conditions that DynamoDB applies after the Scan operation, but before the data is returned to you. ... ScannedCount: The number of items evaluated, before any ScanFilter is applied.',
    ),
    needs,
    async run(t) {
      const table = await leaseTable(t);
      await put(t, table, lease('a', 0));
      await put(t, table, lease('b', 0, 'worker-2'));
      await put(t, table, lease('c', 0));
      const { Items, Count, ScannedCount } = await t.dynamodb.send(
        new ScanCommand({
          TableName: table,
          ConsistentRead: true,
          FilterExpression: 'leaseOwner = :owner',
          ProjectionExpression: 'leaseKey',
          ExpressionAttributeValues: { ':owner': { S: 'worker-1' } },
        }),
      );
      t.same('Count and ScannedCount', [Count, ScannedCount], [2, 3]);
      t.same('Items', Items?.map((item) => item['leaseKey']?.S).sort(), ['a', 'c']);
      t.same(
        'members',
        Items?.flatMap((item) => Object.keys(item)),
        ['leaseKey', 'leaseKey'],
      );
    },
  }),
  defineCase({
    name: 'DynamoDB.Query / a global secondary index by owner',
    operation: 'DynamoDB.Query',
    behaviour: 'success',
    expected: 'the leases of one owner, with the keys that are projected',
    source: reference(
      'Query',
      'IndexName: The name of an index to query. This index can be any local secondary index or global secondary index on the table.',
    ),
    needs,
    async run(t) {
      const table = await leaseTable(t, {
        AttributeDefinitions: [
          { AttributeName: 'leaseKey', AttributeType: 'S' },
          { AttributeName: 'leaseOwner', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'LeaseOwnerToLeaseKeyIndex',
            KeySchema: [
              { AttributeName: 'leaseOwner', KeyType: 'HASH' },
              { AttributeName: 'leaseKey', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      });
      await put(t, table, lease('a', 0));
      await put(t, table, lease('b', 0, 'worker-2'));
      await put(t, table, lease('c', 0));
      const items = await t.eventually('the index has both', async () => {
        const { Items = [] } = await t.dynamodb.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'LeaseOwnerToLeaseKeyIndex',
            KeyConditionExpression: 'leaseOwner = :owner',
            ExpressionAttributeValues: { ':owner': { S: 'worker-1' } },
          }),
        );
        return Items.length === 2 ? Items : undefined;
      });
      t.same('Items', items, [
        { leaseKey: { S: 'a' }, leaseOwner: { S: 'worker-1' } },
        { leaseKey: { S: 'c' }, leaseOwner: { S: 'worker-1' } },
      ]);
    },
  }),
  defineCase({
    name: 'DynamoDB.DeleteItem / is gone, and tells what it was',
    operation: 'DynamoDB.DeleteItem',
    behaviour: 'success',
    expected: 'the old item with ReturnValues ALL_OLD; no Item afterwards',
    source: reference(
      'DeleteItem',
      'ReturnValues: ALL_OLD - The content of the old item is returned.',
    ),
    needs,
    async run(t) {
      const table = await leaseTable(t);
      await put(t, table, lease('a', 3));
      const Key = { leaseKey: { S: 'a' } };
      const { Attributes } = await t.dynamodb.send(
        new DeleteItemCommand({ TableName: table, Key, ReturnValues: 'ALL_OLD' }),
      );
      t.same('Attributes', Attributes, lease('a', 3));
      const { Item } = await t.dynamodb.send(
        new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
      );
      t.same('Item', Item, undefined);
    },
  }),
  defineRefusal({
    operation: 'DynamoDB.Scan',
    behaviour: 'missing-resource',
    title: 'no such table',
    exception: 'ResourceNotFoundException',
    source: reference(
      'Scan',
      'ResourceNotFoundException: The operation tried to access a nonexistent table or index. The resource might not be specified correctly, or its status might not be ACTIVE.',
    ),
    needs,
    prepare: (t) => () => t.dynamodb.send(new ScanCommand({ TableName: t.freshName() })),
  }),
  defineCase({
    name: 'DynamoDB.ListTables / from a name on',
    operation: 'DynamoDB.ListTables',
    behaviour: 'paging',
    expected: 'the table after the name one shorter than its own',
    source: reference(
      'ListTables',
      'ExclusiveStartTableName: The first table name that this operation will evaluate. Use the value that was returned for LastEvaluatedTableName in a previous operation',
    ),
    needs,
    async run(t) {
      const table = await leaseTable(t);
      const { TableNames } = await t.dynamodb.send(
        new ListTablesCommand({ ExclusiveStartTableName: table.slice(0, -1), Limit: 100 }),
      );
      t.same('is listed', TableNames?.includes(table), true);
    },
  }),
];
