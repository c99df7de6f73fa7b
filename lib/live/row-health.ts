import { consumerHealthNow } from '#lib/consumers/worst-consumer.ts';
import { freshness } from '#lib/domain/freshness.ts';
import { HEALTH_THRESHOLDS, type Health, streamHealth } from '#lib/domain/health.ts';
import type { StreamRow } from './stream-row.ts';

/**
 * The health of a row as it stands at `nowMs` (the database's clock): figures that were fine when they were
 * sent say nothing any more once they are old.
 */
export function rowHealth(row: Omit<StreamRow, 'health'>, nowMs: number): Health {
  return streamHealth(
    {
      status: row.status,
      freshness: freshness(row.collection, nowMs),
      failureMessage: row.collection.failure?.message ?? null,
      retentionHours: row.retentionHours,
      writeThrottledRecords: row.rates?.writeThrottledRecords ?? null,
      writeAcceptedRecords: acceptedRecords(row),
      readThrottledCalls: row.rates?.readThrottledCalls ?? null,
      periodSeconds: row.period?.seconds ?? null,
      hottest: row.hottest,
      iteratorAgeMs: row.rates?.iteratorAgeMs ?? null,
      consumer: consumerHealthNow(row.consumers?.worst ?? null, nowMs),
    },
    HEALTH_THRESHOLDS,
  );
}

function acceptedRecords({ rates, period }: Omit<StreamRow, 'health'>): number | null {
  const perSecond = rates?.incomingRecordsPerSecond ?? null;
  return perSecond === null || period === null ? null : perSecond * period.seconds;
}
