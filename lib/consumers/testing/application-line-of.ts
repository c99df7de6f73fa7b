import type { ApplicationLine } from '#lib/consumers/application-view.ts';
import type { ApplicationSummary } from '#lib/domain/consumers/application-summary.ts';

/** A KCL application of the stream `tweets` that keeps up with its 12 leases on 3 workers, but for `change`. */
export function applicationLineOf(change: Partial<ApplicationLine> = {}): ApplicationLine {
  return {
    applicationId: 1,
    connection: 'local',
    streamId: 1,
    streamName: 'tweets',
    streamArn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/tweets',
    retentionHours: 24,
    kind: 'kcl',
    name: 'reports-worker',
    source: [{ name: 'Lease table', value: 'reports-worker' }],
    usedBy: null,
    fanOutArn: null,
    discoveredAtMs: 0,
    collection: { collectedAtMs: 100_000, cadenceSeconds: 10, failure: null },
    goneAtMs: null,
    observedAtMs: 100_000,
    summary: applicationSummaryOf(),
    throughput: null,
    spark: null,
    ...change,
  };
}

export function applicationSummaryOf(change: Partial<ApplicationSummary> = {}): ApplicationSummary {
  return {
    status: 'OK',
    sinceMs: null,
    worst: null,
    symptoms: [],
    lag: {
      kind: 'interval',
      atLeastMs: 1_000,
      atMostMs: 4_000,
      asOfMs: 95_000,
      method: 'checkpoint',
    },
    unknownLags: 0,
    trend: 'steady',
    caughtUpInMs: null,
    lossInMs: null,
    backlogRecords: 12,
    backlogBytes: null,
    recordsPerSecond: null,
    leaseCount: 12,
    leaseCounts: { OK: 12 },
    workerCount: 3,
    freshWorkerCount: 3,
    ...change,
  };
}
