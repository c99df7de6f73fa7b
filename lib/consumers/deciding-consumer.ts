import type { Health } from '#lib/domain/health.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { applicationHref } from './application-href.ts';
import { consumerHealth } from './worst-consumer.ts';

/** The page of the consumer by which a stream's health is judged; null where something else decides. */
export function decidingConsumerHref(
  row: Pick<StreamRow, 'connection' | 'streamName' | 'consumers'>,
  health: Health,
): string | null {
  const worst = row.consumers?.worst ?? null;
  if (worst === null || consumerHealth(worst)?.reason !== health.reason) return null;
  const { connection, streamName } = row;
  return applicationHref({ connection, streamName, kind: worst.kind, name: worst.name });
}
