import type { ConsumerStatus } from '#lib/domain/consumers/status.ts';
import { freshness } from '#lib/domain/freshness.ts';
import type { Health } from '#lib/domain/health.ts';
import type { WorstConsumer } from '#lib/live/row-consumers.ts';
import { lagWords } from './lag-words.ts';
import { levelOfStatus } from './status-level.ts';

/** What the worst consumer makes of its stream's health, and what to do. */
export type ConsumerHealth = Health & { readonly todo: string };

/** What it does, and what to do; null for those that need nobody. */
const WORDS: Readonly<Record<ConsumerStatus, readonly [does: string, todo: string] | null>> = {
  DATA_LOSS: ['loses records unread', 'Raise retention now, then its speed.'],
  STOP: ['has stopped on some shards', 'Start its workers again.'],
  MISSING_LEASE: ['has no lease of some shards', 'Look at the log of its leader.'],
  UNASSIGNED: ['has leases that nobody owns', 'Start more of its workers.'],
  STALL: [
    'stands still on some shards',
    'Look at what it does with the record after its checkpoint.',
  ],
  REWIND: ['went back to an earlier place', 'Find out whether somebody meant it.'],
  WARN: ['falls farther and farther behind', 'Give it more workers, or more shards.'],
  ORPHAN: ['holds leases of shards that are gone', 'Delete these leases.'],
  UNKNOWN: null,
  WAITING_PARENT: null,
  OK: null,
  DONE: null,
};

/** null where it needs nobody. */
export function consumerHealth(worst: WorstConsumer): ConsumerHealth | null {
  const { status, lossAhead, name, lag } = worst;
  const level = levelOfStatus(status, lossAhead);
  if (level !== 'critical' && level !== 'warning') return null;
  const [does, todo] = WORDS[status] ?? [
    'nears the end of retention',
    'Raise retention, or its speed.',
  ];
  const behind = lag.kind === 'interval' && lag.atMostMs > 0 ? `: ${lagWords(lag)}` : '';
  return { level, reason: `${name} ${does}${behind}.`, todo };
}

/** The same as it stands at `nowMs` (the database's clock): of a reading that is not of now nothing is said. */
export function consumerHealthNow(
  worst: WorstConsumer | null,
  nowMs: number,
): ConsumerHealth | null {
  if (worst === null || freshness(worst.collection, nowMs) !== 'fresh') return null;
  return consumerHealth(worst);
}
