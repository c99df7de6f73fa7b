import type { UnknownStatus } from '#lib/domain/consumers/application-health.ts';

/** Why a lease's status is not known, as a sentence. */
export const UNKNOWN_STATUS_WORDS: Readonly<Record<UnknownStatus, string>> = {
  'seen-once':
    'It has not been seen to move yet: that takes two readings of its table and a renewal between them.',
  'nothing-checkpointed': 'It has a worker, and has not checkpointed anything yet.',
  'unreadable-checkpoint': 'Its checkpoint is neither a word of the library nor a sequence number.',
  'arrivals-unknown':
    'Its checkpoint stands, and whether records wait is not known: shard-level metrics are off, or not read so far.',
  'no-lease-yet': 'The shard has no lease yet; the library takes some minutes to make one.',
  'unreadable-row': 'Rows of the table could not be read, and its lease may be one of them.',
  'shard-not-listed': 'The lease is newer than the last listing of the stream’s shards.',
  'no-metric': 'CloudWatch has no datapoint of it.',
};
