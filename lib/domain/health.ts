import type { Freshness } from './freshness.ts';
import type { StreamStatus } from './stream.ts';
import type { TightestLimit } from './throughput.ts';

/** `critical` needs a person now; `unknown` is neither good nor bad. */
export type HealthLevel = 'ok' | 'warning' | 'critical' | 'unknown';

/** `reason` is one sentence for a person: what, how much, which shard. */
export type Health = { readonly level: HealthLevel; readonly reason: string };

export type HealthFacts = {
  readonly status: StreamStatus;
  readonly freshness: Freshness;
  /** Why the last reading failed; null where it did not. */
  readonly failureMessage: string | null;
  readonly retentionHours: number;
  /** Over the newest settled period; null where CloudWatch had no datapoint. */
  readonly writeThrottledRecords: number | null;
  readonly writeAcceptedRecords: number | null;
  readonly readThrottledCalls: number | null;
  /** null where no period of its present shards has been read. */
  readonly periodSeconds: number | null;
  /** The open shard that uses its tightest limit most; null where shard-level metrics are off or silent. */
  readonly hottest: (TightestLimit & { readonly shardId: string }) | null;
  readonly iteratorAgeMs: number | null;
  /** What is wrong with the consumer that is worst off; null where nothing is, or nothing is known. */
  readonly consumer: Health | null;
};

export type HealthThresholds = {
  /** Use of the tightest limit of the hottest shard from which we warn, 0 .. 1. */
  readonly hotShardUse: number;
  /**
   * Share of the records tried in a period that may be refused before somebody is needed, 0 .. 1. Below it
   * producers' retries do, as a rule; above it they pile up.
   */
  readonly refusedShare: number;
  /** Share of retention that the iterator age may reach, 0 .. 1; AWS's advice is one half. */
  readonly iteratorAgeShareOfRetention: number;
};

export const HEALTH_THRESHOLDS: HealthThresholds = {
  hotShardUse: 0.8,
  refusedShare: 0.01,
  iteratorAgeShareOfRetention: 0.5,
};

const LIMIT_WORDS = {
  writeBytes: 'its write limit in bytes',
  writeRecords: 'its write limit in records',
  readBytes: 'its read limit in bytes',
} as const;

const percent = (share: number) => `${Math.round(share * 100)} %`;
const count = (n: number) => Math.round(n).toLocaleString('en-GB');

/** Numbered rules; the first that holds decides. */
export function streamHealth(facts: HealthFacts, thresholds: HealthThresholds): Health {
  // 1. Nothing undoes a deletion: it stays true however old the figures are, and no figure matters beside it.
  if (facts.status === 'DELETING') {
    return { level: 'warning', reason: 'Being deleted, and all that is in it.' };
  }
  // 2. Nothing may be said of a stream whose figures are not of now.
  if (facts.freshness === 'unknown') {
    return { level: 'unknown', reason: facts.failureMessage ?? 'No figures have been read yet.' };
  }
  if (facts.freshness === 'stale') {
    return {
      level: 'unknown',
      reason: facts.failureMessage ?? 'The figures are too old to tell how the stream is now.',
    };
  }
  // 3. Unread data nears the end of retention: it will be lost.
  const retentionMs = facts.retentionHours * 3_600_000;
  if (
    facts.iteratorAgeMs !== null &&
    facts.iteratorAgeMs > retentionMs * thresholds.iteratorAgeShareOfRetention
  ) {
    return {
      level: 'critical',
      reason: `A reader is behind by ${percent(facts.iteratorAgeMs / retentionMs)} of retention; what it does not read in time is lost.`,
    };
  }
  // 4. An application needs somebody: what it does not read piles up.
  if (facts.consumer?.level === 'critical') return facts.consumer;
  // 5. Producers are being refused: more than their retries make good, or a little.
  const refused = facts.writeThrottledRecords ?? 0;
  if (refused > 0) {
    const share = refused / (refused + (facts.writeAcceptedRecords ?? 0));
    const where = facts.hottest === null ? '' : `; hottest is ${facts.hottest.shardId}`;
    return {
      level: share >= thresholds.refusedShare ? 'critical' : 'warning',
      reason: `${count(refused)} records refused in ${facts.periodSeconds ?? '?'} s${where}.`,
    };
  }
  // 6. A shard comes near one of its limits.
  if (facts.hottest?.limit != null && facts.hottest.use >= thresholds.hotShardUse) {
    return {
      level: 'warning',
      reason: `${facts.hottest.shardId} uses ${percent(facts.hottest.use)} of ${LIMIT_WORDS[facts.hottest.limit]}.`,
    };
  }
  // 7. Readers are being refused: they will fall behind.
  if (facts.readThrottledCalls !== null && facts.readThrottledCalls > 0) {
    return {
      level: 'warning',
      reason: `${count(facts.readThrottledCalls)} GetRecords calls refused in ${facts.periodSeconds ?? '?'} s.`,
    };
  }
  // 8. An application is to be watched.
  if (facts.consumer?.level === 'warning') return facts.consumer;
  // 9. Nothing is known of its shards as they are now: not of a new stream, nor for a while after a reshard.
  if (facts.periodSeconds === null && facts.status !== 'CREATING') {
    return { level: 'unknown', reason: 'No period has been read of its present shards yet.' };
  }
  // 10. Not everything can be done with it just now.
  switch (facts.status) {
    case 'ACTIVE':
      return { level: 'ok', reason: 'Within its limits.' };
    case 'UPDATING':
      return { level: 'ok', reason: 'Being changed; it serves reads and writes meanwhile.' };
    case 'CREATING':
      return { level: 'ok', reason: 'Being created; it takes records once it is active.' };
  }
}
