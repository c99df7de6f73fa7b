import type { ConsumerStatus } from '#lib/domain/consumers/status.ts';

/** The short word of each status, as it stands beside its mark. */
export const STATUS_WORDS: Readonly<Record<ConsumerStatus, string>> = {
  OK: 'OK',
  WARN: 'Falls behind',
  STALL: 'Stalls',
  STOP: 'Stopped',
  REWIND: 'Rewound',
  UNASSIGNED: 'Unassigned',
  WAITING_PARENT: 'Waits for parent',
  MISSING_LEASE: 'Lease missing',
  ORPHAN: 'Orphaned lease',
  DATA_LOSS: 'Loses data',
  DONE: 'Worked off',
  UNKNOWN: 'Unknown',
};

/** What each status means, in one sentence of the field's words. */
export const STATUS_MEANINGS: Readonly<Record<ConsumerStatus, string>> = {
  OK: 'Its checkpoints move on, or nothing is left to be read.',
  WARN: 'Its lag grew over the whole window and never fell.',
  STALL: 'Its lease is renewed and its checkpoint stands still, while records arrive.',
  STOP: 'Its lease is not renewed: the owner is gone, and nobody took over.',
  REWIND: 'Its checkpoint went back: records will be read again.',
  UNASSIGNED: 'Nobody owns its lease, and nobody is handing it over.',
  WAITING_PARENT: 'Its parent is not worked off yet, as is normal after a reshard.',
  MISSING_LEASE: 'The shard should have a lease and has none: nobody reads it.',
  ORPHAN: 'A lease of a shard that the stream no longer has.',
  DATA_LOSS: 'Its place is older than what the stream retains: records were lost unread.',
  DONE: 'The closed shard is worked off.',
  UNKNOWN: 'Too little is known to tell.',
};
