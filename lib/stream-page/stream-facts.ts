import { formatCount } from '#lib/format/count.ts';
import { formatRetention } from '#lib/format/retention.ts';
import { formatInstant, UTC, wallTime, type Zone, zoneName } from '#lib/format/time.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';

/** A fact of a stream: its name, how it reads, and more on hover. */
export type StreamFact = { readonly name: string; readonly value: string; readonly detail: string };

/** What DescribeStreamSummary tells of a stream, as its page lists it. @param zone that times are told in */
export function streamFacts(row: StreamRow, zone?: Zone): readonly StreamFact[] {
  return [
    {
      name: 'Status',
      value: row.status.toLowerCase(),
      detail: `StreamStatus ${row.status}`,
    },
    {
      name: 'Mode',
      value: row.mode === 'ON_DEMAND' ? 'on-demand' : 'provisioned',
      detail: `StreamMode ${row.mode}`,
    },
    { name: 'Open shards', value: formatCount(row.openShardCount), detail: 'OpenShardCount' },
    {
      name: 'Retention',
      value: formatRetention(row.retentionHours),
      detail: `RetentionPeriodHours ${row.retentionHours}`,
    },
    {
      name: 'EFO consumers',
      value: formatCount(row.consumerCount),
      detail:
        'Registered for enhanced fan-out (ConsumerCount); readers with GetRecords are not counted',
    },
    {
      name: 'Encryption',
      value: row.encryption === 'KMS' ? 'KMS' : 'none',
      detail: `EncryptionType ${row.encryption}`,
    },
    {
      name: 'Created',
      value: `${wallTime(row.createdAtMs, zone).slice(0, 16)} ${zoneName(zone ?? UTC, row.createdAtMs)}`,
      detail: `StreamCreationTimestamp ${formatInstant(row.createdAtMs, zone)}`,
    },
  ];
}
