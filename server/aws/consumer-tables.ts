import {
  type AttributeValue,
  DescribeTableCommand,
  type DynamoDBClient,
  ListTablesCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { DynamoItem, TableDescription, TablePage } from '#lib/domain/consumers/dynamo-item.ts';
import type { Caller } from './call.ts';

/** Names of all tables of the account in the region. @throws AwsFailure */
export async function listTables(
  dynamodb: DynamoDBClient,
  caller: Caller,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await caller.call('dynamodb:ListTables', signal, (abortSignal) =>
      dynamodb.send(
        new ListTablesCommand(after === undefined ? {} : { ExclusiveStartTableName: after }),
        { abortSignal },
      ),
    );
    names.push(...(page.TableNames ?? []));
    after = page.LastEvaluatedTableName;
  } while (after !== undefined);
  return names;
}

/** @throws AwsFailure; `not-found` where the table is gone */
export async function describeTable(
  dynamodb: DynamoDBClient,
  caller: Caller,
  tableName: string,
  signal: AbortSignal,
): Promise<TableDescription> {
  const { Table: table } = await caller.call('dynamodb:DescribeTable', signal, (abortSignal) =>
    dynamodb.send(new DescribeTableCommand({ TableName: tableName }), { abortSignal }),
  );
  if (table?.KeySchema === undefined) {
    throw new AwsFailure(
      'service-error',
      'dynamodb:DescribeTable',
      `The endpoint's description of the table ${tableName} lacks its keys. It may not be compatible with DynamoDB.`,
    );
  }
  const keyOf = (type: string) =>
    table.KeySchema?.find(({ KeyType }) => KeyType === type)?.AttributeName ?? null;
  // A table on demand is described with a provisioned capacity of 0.
  const units = table.ProvisionedThroughput?.ReadCapacityUnits ?? 0;
  const isOnDemand = table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST' || units === 0;
  return {
    tableName,
    hashKey: keyOf('HASH'),
    rangeKey: keyOf('RANGE'),
    createdAtMs: table.CreationDateTime?.getTime() ?? null,
    readCapacity: isOnDemand ? null : units,
    itemCount: table.ItemCount ?? null,
  };
}

/**
 * One page of a table's rows, eventually consistent: half the price, and a row that is a second old will do.
 * @param limit rows at most; DynamoDB ends a page at 1 MB by itself
 * @throws AwsFailure; `throttled` where the table's capacity is used up
 */
export async function scanPage(
  dynamodb: DynamoDBClient,
  caller: Caller,
  tableName: string,
  { from, limit }: { readonly from: DynamoItem | null; readonly limit: number },
  signal: AbortSignal,
): Promise<TablePage> {
  const page = await caller.call('dynamodb:Scan', signal, (abortSignal) =>
    dynamodb.send(
      new ScanCommand({
        TableName: tableName,
        Limit: limit,
        ReturnConsumedCapacity: 'TOTAL',
        // It is what an answer of DynamoDB held.
        ...(from !== null && { ExclusiveStartKey: from as Record<string, AttributeValue> }),
      }),
      { abortSignal },
    ),
  );
  return {
    items: page.Items ?? [],
    units: page.ConsumedCapacity?.CapacityUnits ?? null,
    next: page.LastEvaluatedKey ?? null,
  };
}
