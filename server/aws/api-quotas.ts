/**
 * Calls a second that AWS allows an account in a region. Sources: the API reference of each Kinesis
 * operation, and "CloudWatch service quotas". ListShards is allowed 1,000/s for each stream; we count all
 * streams together. Of DynamoDB's own control plane no rate is documented that we come near: 25/s is what we hold to,
 * and Scan is held back by each table's capacity, as are reads and writes of rows. GetShardIterator and GetRecords are
 * allowed five calls a second for each shard (see place-before.ts), and have no quota of an account that we come near; writing
 * is limited by each shard alone, of which a replay's pacer knows. Lambda's control plane has 15/s for all its operations together
 * ("Lambda quotas"); Firehose 5/s for each ("Amazon Data Firehose quota"); S3 takes 5,500 reads
 * a second of each prefix ("Best practices design patterns"), counted for all together, and calls go by the permission that they need. Datapoints of GetMetricData are allowed 180,000/s where they are at most 3 h old.
 */
export const API_QUOTAS = {
  'kinesis:ListStreams': 5,
  'kinesis:DescribeStreamSummary': 20,
  'kinesis:ListShards': 1_000,
  'kinesis:ListStreamConsumers': 5,
  'kinesis:DescribeStreamConsumer': 20,
  'kinesis:RegisterStreamConsumer': 5,
  'kinesis:DeregisterStreamConsumer': 5,
  'kinesis:ListTagsForStream': 5,
  'kinesis:DescribeLimits': 1,
  'kinesis:CreateStream': 5,
  'kinesis:DeleteStream': 5,
  'kinesis:IncreaseStreamRetentionPeriod': 5,
  'kinesis:DecreaseStreamRetentionPeriod': 5,
  'kinesis:UpdateStreamMode': 5,
  'kinesis:AddTagsToStream': 5,
  'kinesis:RemoveTagsFromStream': 5,
  'kinesis:StartStreamEncryption': 5,
  'kinesis:StopStreamEncryption': 5,
  'kinesis:UpdateMaxRecordSize': 5,
  'kinesis:UpdateStreamWarmThroughput': 5,
  'kinesis:SplitShard': 5,
  'kinesis:MergeShards': 5,
  'kinesis:UpdateShardCount': 10,
  'kinesis:EnableEnhancedMonitoring': 10,
  'kinesis:DisableEnhancedMonitoring': 10,
  'kinesis:GetShardIterator': 1_000,
  'kinesis:GetRecords': 1_000,
  'kinesis:PutRecords': 100_000,
  'kinesis:PutRecord': 100_000,
  'cloudwatch:GetMetricData': 50,
  'dynamodb:ListTables': 25,
  'dynamodb:DescribeTable': 25,
  'dynamodb:Scan': 500,
  'dynamodb:GetItem': 500,
  'dynamodb:PutItem': 500,
  'dynamodb:DeleteItem': 500,
  'lambda:ListEventSourceMappings': 15,
  'firehose:ListDeliveryStreams': 5,
  'firehose:DescribeDeliveryStream': 5,
  's3:ListBucket': 5_500,
  's3:GetObject': 5_500,
} as const;

export type Api = keyof typeof API_QUOTAS;

export const METRIC_DATAPOINTS_PER_SECOND_MAX = 180_000;

export const METRIC_QUERIES_PER_CALL_MAX = 500;
export const METRIC_DATAPOINTS_PER_CALL_MAX = 100_800;
