import { expect, test } from 'vitest';
import type { ApplicationHealth, LeaseHealth, WorkerHealth } from './application-health.ts';
import { applicationSummary } from './application-summary.ts';

const LEASE: LeaseHealth = {
  shardId: 'shardId-000000000000',
  status: 'OK',
  sinceMs: null,
  unknown: null,
  lag: { kind: 'done' },
  trend: 'unknown',
  backlogRecords: null,
  backlogBytes: null,
  owner: 'w-1',
  checkpointOwner: null,
  pace: null,
  recordsPerSecond: null,
  caughtUpInMs: null,
  lossInMs: null,
};
const WORKER: WorkerHealth = {
  workerId: 'w-1',
  leases: 3,
  share: 1,
  throughputKBps: null,
  fresh: true,
  lastSeenMs: 0,
  ownerChanges: 0,
  status: 'OK',
};
const HEALTH: ApplicationHealth = {
  status: 'STALL',
  sinceMs: 1,
  worst: null,
  symptoms: [],
  leases: [LEASE, { ...LEASE, status: 'STALL' }, { ...LEASE, status: 'STALL' }],
  workers: [WORKER, { ...WORKER, workerId: 'w-2', fresh: false }],
  lag: { kind: 'unknown', reason: 'seen-once' },
  unknownLags: 1,
  trend: 'unknown',
  caughtUpInMs: null,
  lossInMs: null,
  backlogRecords: 7,
  backlogBytes: null,
  recordsPerSecond: null,
};

test('counts leases by status and workers at work, and keeps the rest', () => {
  const { leases: _, workers: __, ...rest } = HEALTH;
  expect(applicationSummary(HEALTH)).toEqual({
    ...rest,
    leaseCount: 3,
    leaseCounts: { OK: 1, STALL: 2 },
    workerCount: 2,
    freshWorkerCount: 1,
  });
});
