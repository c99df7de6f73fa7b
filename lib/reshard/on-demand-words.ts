/**
 * Why split and merge are not for on-demand streams, and what helps them instead, a paragraph each.
 * Sources: API reference of SplitShard, MergeShards and UpdateShardCount; developer guide, "On-demand mode".
 */
export const ON_DEMAND_WORDS = [
  'Kinesis refuses SplitShard, MergeShards and UpdateShardCount on it. It splits what is hot by itself, within minutes, up to twice the highest load of the last 30 days; growth beyond that may be refused for up to 15 minutes. One partition key stays in one shard here too: where one is too hot, salt it.',
  'To reshard by hand, switch it to provisioned: its shards stay as they are, and are yours to split and merge from then on. For a load that you see coming, warm it up instead.',
] as const;
