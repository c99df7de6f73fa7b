/**
 * How an application reads a stream. `kcl`: the Kinesis Client Library, by a lease table in DynamoDB; `lifion`:
 * lifion-kinesis, by a table of its own; `lambda`: an event source mapping; `firehose`: a delivery stream;
 * `enhanced-fan-out`: a registered consumer of which nothing more is known.
 */
export const CONSUMER_KINDS = ['kcl', 'lifion', 'lambda', 'firehose', 'enhanced-fan-out'] as const;
export type ConsumerKind = (typeof CONSUMER_KINDS)[number];

/** Kinds that keep leases: their lag is known for each shard, and who works on it. */
export function keepsLeases(kind: ConsumerKind): boolean {
  return kind === 'kcl' || kind === 'lifion';
}
