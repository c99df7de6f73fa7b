import type { ConsumerEvent } from '#lib/domain/consumers/events.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatCount } from '#lib/format/count.ts';
import { STATUS_WORDS } from './status-words.ts';

/** What happened, in one sentence. Shard ids are whole, for `shortenShardIds`. */
export function eventWords(event: ConsumerEvent): string {
  const shard = event.shardId ?? 'the application';
  switch (event.kind) {
    case 'owner-changed':
      if (event.from === null) return `${event.to} took the lease of ${shard}, which nobody owned.`;
      return event.to === null
        ? `${event.from} gave up the lease of ${shard}.`
        : `The lease of ${shard} went from ${event.from} to ${event.to}.`;
    case 'handoff-began':
      return event.to === null
        ? `${event.from} began to hand over the lease of ${shard}.`
        : `${event.from} began to hand over the lease of ${shard} to ${event.to}.`;
    case 'lease-created':
      return `A lease of ${shard} came up${event.owner === null ? '' : `, owned by ${event.owner}`}.`;
    case 'lease-lost':
      return `The lease of ${shard} went away before the shard was worked off${event.owner === null ? '' : `; ${event.owner} owned it`}.`;
    case 'shard-finished':
      return `${event.owner ?? 'Its worker'} worked off ${shard}.`;
    case 'rewound': {
      const { fromRecordMs, toRecordMs } = event;
      const by =
        fromRecordMs === null || toRecordMs === null
          ? ''
          : ` by ${formatAge(fromRecordMs - toRecordMs)} of records`;
      return `The checkpoint of ${shard} went back${by}.`;
    }
    case 'status-changed': {
      const to = STATUS_WORDS[event.to];
      const who = event.shardId === null ? 'The application' : `The reader of ${event.shardId}`;
      return event.from === null
        ? `${who}: ${to}.`
        : `${who}: ${STATUS_WORDS[event.from]} → ${to}.`;
    }
    case 'more':
      return `${formatCount(event.count)} more of the same: ${MORE_WORDS[event.of]}.`;
  }
}

const MORE_WORDS: Readonly<Record<Exclude<ConsumerEvent['kind'], 'more'>, string>> = {
  'owner-changed': 'leases changed their owner',
  'handoff-began': 'leases began to be handed over',
  'lease-created': 'leases came up',
  'lease-lost': 'leases went away',
  'shard-finished': 'shards were worked off',
  rewound: 'checkpoints went back',
  'status-changed': 'leases changed their status',
};
