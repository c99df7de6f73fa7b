import { ACCOUNT_OPERATIONS } from './account-operations.ts';
import { CHANNEL_OPERATIONS } from './channel-operations.ts';
import { CONSUMER_OPERATIONS } from './consumer-operations.ts';
import { DATA_OPERATIONS } from './data-operations.ts';
import type { OperationTable } from './operation.ts';
import { POLICY_OPERATIONS } from './policy-operations.ts';
import { SHARD_OPERATIONS } from './shard-operations.ts';
import { STREAM_OPERATIONS } from './stream-operations.ts';
import { SUBSCRIPTION_OPERATIONS } from './subscription-operations.ts';
import { TAG_OPERATIONS } from './tag-operations.ts';

/** All that the embedded Kinesis can do. */
export const KINESIS_OPERATIONS: OperationTable = {
  ...STREAM_OPERATIONS,
  ...SHARD_OPERATIONS,
  ...TAG_OPERATIONS,
  ...CONSUMER_OPERATIONS,
  ...SUBSCRIPTION_OPERATIONS,
  ...POLICY_OPERATIONS,
  ...CHANNEL_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...DATA_OPERATIONS,
};
