import type { ApplicationSource, LambdaMapping } from '#lib/domain/consumers/application-source.ts';
import type { BoundBy } from '#lib/domain/consumers/bind-table.ts';
import type { SourceFact } from './application-view.ts';

/** How it is known which stream a table is of, as it goes on after "bound by". */
export const BOUND_BY_WORDS: Readonly<Record<BoundBy, string>> = {
  name: 'the name that its leases bear',
  creation: 'the creation times that its checkpoints carry',
  ranges: 'its hash-key ranges, which only this stream has',
  hand: 'hand',
};

/** Where a consumer is found, in names that can be looked up at AWS. */
export function sourceFacts(source: ApplicationSource): readonly SourceFact[] {
  switch (source.kind) {
    case 'kcl':
      return [
        { name: 'Lease table', value: source.tableName },
        { name: 'Bound to the stream by', value: BOUND_BY_WORDS[source.boundBy] },
        ...(source.isMultiStream ? [{ name: 'Streams', value: 'several in one table' }] : []),
        ...(source.workersTable === null
          ? []
          : [{ name: 'Workers report in', value: source.workersTable }]),
      ];
    case 'lifion':
      return [
        { name: 'State table', value: source.tableName },
        { name: 'Consumer group', value: source.consumerGroup },
        ...(source.sharesShards
          ? []
          : [{ name: 'Leases', value: 'none: each consumer reads all shards for itself' }]),
      ];
    case 'lambda':
      return [
        { name: 'Function', value: source.functionArn },
        ...source.mappings.map((mapping) => ({
          name: 'Event source mapping',
          value: mappingWords(mapping),
        })),
        ...(source.alsoReads.length === 0
          ? []
          : [
              {
                name: 'Lag is the worst of',
                value: `this stream and ${source.alsoReads.join(', ')}`,
              },
            ]),
      ];
    case 'firehose':
      return [
        { name: 'Delivery stream', value: source.deliveryStreamArn },
        { name: 'State', value: source.status },
      ];
    case 'enhanced-fan-out':
      return [
        { name: 'Consumer', value: source.consumerArn },
        { name: 'State', value: source.status },
        ...(source.usedBy === null ? [] : [{ name: 'Used by', value: source.usedBy.name }]),
      ];
  }
}

function mappingWords(mapping: LambdaMapping): string {
  const { uuid, state, consumerName, batchSize, parallelizationFactor, lastResult } = mapping;
  return [
    uuid,
    state,
    consumerName === null ? 'polls' : `by fan-out as ${consumerName}`,
    batchSize === null ? null : `batches of ${batchSize}`,
    parallelizationFactor === null || parallelizationFactor === 1
      ? null
      : `${parallelizationFactor} at once a shard`,
    lastResult,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
