import type { LagTrend } from '#lib/domain/consumers/application-health.ts';
import { STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { formatRetention } from '#lib/format/retention.ts';
import type { ApplicationView } from './application-view.ts';
import { isLossSoon, lossWords } from './lease-facts.ts';
import { STATUS_WORDS } from './status-words.ts';

export type ApplicationFact = {
  readonly name: string;
  readonly value: string;
  /** What it means, on hover. */
  readonly detail: string;
  readonly level?: 'critical';
};

const TREND_WORDS: Readonly<Record<LagTrend, string>> = {
  falling: 'falling',
  steady: 'steady',
  growing: 'growing',
  unknown: 'not known yet',
};

/** The figures of a consumer as a whole, without its lag; what is not known is left out. */
export function applicationFacts({
  summary,
  retentionHours,
  throughput,
}: Pick<ApplicationView, 'summary' | 'retentionHours' | 'throughput'>): readonly ApplicationFact[] {
  if (summary === null) return [];
  const facts: ApplicationFact[] = [
    {
      name: 'Trend',
      value: TREND_WORDS[summary.trend],
      detail: 'Where the lag of the worst shard goes over the window',
    },
  ];
  const { backlogRecords, backlogBytes, recordsPerSecond, caughtUpInMs, lossInMs } = summary;
  if (backlogRecords !== null) {
    facts.push({
      name: 'Backlog',
      value:
        backlogRecords === 0
          ? 'none'
          : `≥ ${countOf(backlogRecords, 'record')}${backlogBytes === null ? '' : `, ${formatBytes(backlogBytes)}`}`,
      detail: 'Unread at least: what arrived in whole periods after its checkpoints',
    });
  }
  if (recordsPerSecond !== null) {
    facts.push({
      name: 'Works off',
      value: formatRecordsPerSecond(recordsPerSecond),
      detail: 'By how its checkpoints moved, and what had arrived between them',
    });
  }
  if (caughtUpInMs !== null) {
    facts.push({
      name: 'Caught up',
      value: `in ${formatAge(caughtUpInMs)}`,
      detail: 'At its present pace, the last of its shards',
    });
  }
  const loss = lossWords(lossInMs);
  if (loss !== null) {
    facts.push({
      name: 'Data loss',
      value: loss,
      detail: `At its present pace: the oldest unread record passes retention, ${formatRetention(retentionHours)}`,
      ...(isLossSoon(lossInMs) && { level: 'critical' as const }),
    });
  }
  if (throughput?.recordsPerSecond != null) {
    facts.push({
      name: 'Reads',
      value: [
        formatRecordsPerSecond(throughput.recordsPerSecond),
        ...(throughput.bytesPerSecond === null
          ? []
          : [formatBytesPerSecond(throughput.bytesPerSecond)]),
      ].join(', '),
      detail: `As CloudWatch counts it, a period of ${throughput.periodSeconds} s`,
    });
  }
  if (summary.leaseCount > 0) {
    facts.push(
      {
        name: 'Leases',
        value: STATUSES_WORST_FIRST.flatMap((status) => {
          const count = summary.leaseCounts[status] ?? 0;
          return count === 0
            ? []
            : [
                `${formatCount(count)} ${status === 'OK' ? 'OK' : STATUS_WORDS[status].toLowerCase()}`,
              ];
        }).join(', '),
        detail: 'Leases by status, the worst first',
      },
      {
        name: 'Workers',
        value:
          summary.freshWorkerCount === summary.workerCount
            ? formatCount(summary.workerCount)
            : `${formatCount(summary.freshWorkerCount)} of ${formatCount(summary.workerCount)} at work`,
        detail: 'Those that renewed a lease or reported of themselves of late',
      },
    );
  }
  return facts;
}
