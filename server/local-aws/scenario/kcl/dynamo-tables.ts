import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  type DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { type ConsumerPlan, isVersion3 } from './consumer-plan.ts';
import { coordinatorTable, workerStatsTable } from './fleet.ts';

const OWNER_INDEX = 'LeaseOwnerToLeaseKeyIndex';

/** Makes the tables that an application of this generation has. */
export async function createTables(client: DynamoDBClient, plan: ConsumerPlan): Promise<void> {
  await Promise.all(
    tablesOf(plan).map(async (table) => {
      await client.send(new CreateTableCommand(table));
      await waitUntilTableExists(
        { client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 },
        { TableName: table.TableName },
      );
    }),
  );
}

/** Takes an application's tables away. */
export async function deleteTables(client: DynamoDBClient, plan: ConsumerPlan): Promise<void> {
  await Promise.all(
    tablesOf(plan).map(({ TableName }) => client.send(new DeleteTableCommand({ TableName }))),
  );
}

function tablesOf(plan: ConsumerPlan): readonly CreateTableCommandInput[] {
  const { application, library } = plan;
  const leases = tableOf(plan, application, 'leaseKey');
  if (!isVersion3(library)) return [leases];
  // Version 3 finds a worker's leases by this index.
  const indexed: CreateTableCommandInput = {
    ...leases,
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
        ...throughputOf(plan),
      },
    ],
  };
  if (library === 'kcl-3.5') return [indexed];
  return [
    indexed,
    tableOf(plan, workerStatsTable(application), 'wid'),
    tableOf(plan, coordinatorTable(application), 'key'),
  ];
}

function tableOf(plan: ConsumerPlan, TableName: string, keyName: string): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: plan.provisionedUnits === null ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ...throughputOf(plan),
    KeySchema: [{ AttributeName: keyName, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: keyName, AttributeType: 'S' }],
  };
}

function throughputOf({ provisionedUnits }: ConsumerPlan) {
  if (provisionedUnits === null) return {};
  return {
    ProvisionedThroughput: {
      ReadCapacityUnits: provisionedUnits,
      WriteCapacityUnits: provisionedUnits,
    },
  };
}
