/** A fault put into the embedded world's source: the text `find`, which stands there once, becomes `replace`. */
export interface SeededFault {
  /** What is wrong then. */
  readonly name: string;
  /** From the root of the project; in server/local-aws. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const ENGINE = 'server/local-aws/engine';
const OPERATIONS = `${ENGINE}/operations`;

/** Faults as emulators have them, over all of what a stream is; the conformance suite has to see them. */
export const SEEDED_FAULTS: readonly SeededFault[] = [
  {
    name: 'a split cuts one above the hash key that was asked for',
    file: `${OPERATIONS}/split-shard.ts`,
    find: 'stream.replaceShards(splitRange(shard.range, hashKey(newStartingHashKey)), [shard], atMs);',
    replace:
      'stream.replaceShards(splitRange(shard.range, hashKey(newStartingHashKey + 1n)), [shard], atMs);',
  },
  {
    name: 'the end of a shard names one child only',
    file: `${OPERATIONS}/read-shard.ts`,
    find: 'return shard.children.map(({ shardId, parentShardIds, range }) => ({',
    replace: 'return shard.children.slice(0, 1).map(({ shardId, parentShardIds, range }) => ({',
  },
  {
    name: 'a merged shard has the right one for its parent',
    file: `${ENGINE}/engine-shard.ts`,
    find: 'parentShardId: this.parentShardIds[0] ?? null,',
    replace: 'parentShardId: this.parentShardIds.at(-1) ?? null,',
  },
  {
    name: 'a merged shard has its parent for the adjacent one too',
    file: `${ENGINE}/engine-shard.ts`,
    find: 'adjacentParentShardId: this.parentShardIds[1] ?? null,',
    replace:
      'adjacentParentShardId: this.parentShardIds.length > 1 ? (this.parentShardIds[0] ?? null) : null,',
  },
  {
    name: 'a shard limits records and not bytes',
    file: `${ENGINE}/shard-limiter.ts`,
    find: 'return this.#writeRecords.admits(nowMs) && this.#writeBytes.admits(nowMs);',
    replace: 'return this.#writeRecords.admits(nowMs);',
  },
  {
    name: 'MillisBehindLatest counts to the newest record, not to now',
    file: `${OPERATIONS}/read-shard.ts`,
    find: 'Math.max(0, nowMs - lastArrivalMs)',
    replace: 'Math.max(0, shard.log.lastArrivalMs - lastArrivalMs)',
  },
  {
    name: 'AFTER_SEQUENCE_NUMBER begins at the record itself',
    file: `${OPERATIONS}/get-shard-iterator.ts`,
    find: 'ordinalIn(account, stream, shard, position.sequenceNumber) + 1,',
    replace: 'ordinalIn(account, stream, shard, position.sequenceNumber),',
  },
  {
    name: 'LATEST begins at the newest record',
    file: `${OPERATIONS}/get-shard-iterator.ts`,
    find: 'return shard.log.nextOrdinal;\n    case',
    replace: 'return Math.max(shard.log.firstOrdinal, shard.log.nextOrdinal - 1);\n    case',
  },
  {
    name: 'a closed shard has no end',
    file: `${OPERATIONS}/read-shard.ts`,
    find: 'isAtEnd: isCaughtUp && !shard.isOpen,',
    replace: 'isAtEnd: isCaughtUp && shard.closedAtMs === 0,',
  },
  {
    name: 'UpdateShardCount cuts unevenly',
    file: `${OPERATIONS}/update-shard-count.ts`,
    find: 'const wanted = uniformRanges(target);',
    replace:
      'const wanted = uniformRanges(target).map(({ start, end }, at, all) => ({ start: (at === 0 ? start : start + 1n) as typeof start, end: (at === all.length - 1 ? end : end + 1n) as typeof end }));',
  },
  {
    name: 'one throttled record refuses the whole PutRecords',
    file: `${OPERATIONS}/put-records.ts`,
    find: 'results.push(throttled(account, stream, shard));',
    replace:
      "throw new KinesisError('ProvisionedThroughputExceededException', throttled(account, stream, shard).errorMessage);",
  },
  {
    name: 'sequence numbers come in pairs',
    file: `${ENGINE}/engine-shard.ts`,
    find: '(BigInt(ordinal) << ORDINAL_SHIFT)',
    replace: '(BigInt(ordinal >> 1) << ORDINAL_SHIFT)',
  },
  {
    name: 'ListShards forgets its filter on the second page',
    file: `${OPERATIONS}/list-shards.ts`,
    find: 'filterType,\n    filterAtMs: Number(filterAtMs),',
    replace: "filterType: '',\n    filterAtMs: Number(filterAtMs),",
  },
  {
    name: 'a stream takes a 51st tag',
    file: `${OPERATIONS}/tags.ts`,
    find: 'if (tags.size > TAGS_MAX) {',
    replace: 'if (tags.size > TAGS_MAX + 1) {',
  },
  {
    name: 'IncreaseStreamRetentionPeriod also shortens',
    file: `${OPERATIONS}/retention.ts`,
    find: 'if (input.retentionHours < stream.retentionHours) {',
    replace: 'if (input.retentionHours < RETENTION_HOURS_MIN) {',
  },
  {
    name: 'ListStreams begins with the stream that it should begin after',
    file: `${OPERATIONS}/list-streams.ts`,
    find: 'after === null || name > after',
    replace: 'after === null || name >= after',
  },
  {
    name: "a partition key's MD5 is read little-endian",
    file: `${ENGINE}/shard-router.ts`,
    find: "hash('md5', partitionKey, 'buffer')",
    replace: "hash('md5', partitionKey, 'buffer').reverse()",
  },
  {
    name: 'the key does not count for the size of a record',
    file: `${OPERATIONS}/put-record.ts`,
    find: 'if (entry.data.length + keyBytes > maxBytes) {',
    replace: 'if (entry.data.length > maxBytes) {',
  },
  {
    name: 'a second subscription takes over at once',
    file: `${ENGINE}/shard-subscription.ts`,
    find: 'const EXCLUSIVE_MS = 5_000;',
    replace: 'const EXCLUSIVE_MS = 0;',
  },
  {
    name: 'throttled records count as incoming',
    file: 'server/local-aws/metering/stream-meter.ts',
    find: 'this.#written.note(bytes, accepted);',
    replace: 'this.#written.note(bytes, accepted || bytes > 0);',
  },
];
