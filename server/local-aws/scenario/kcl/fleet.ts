import type { Library } from './consumer-plan.ts';
import { ENTITY_TYPE, type Item } from './lease-item.ts';

/** How often a worker of version 3 tells how it does: the library's workerMetricsReporterFreqInMillis. */
export const REPORT_EVERY_MS = 30_000;

/** So many values of each metric are kept: assumed. */
const VALUES_KEPT = 10;

/** The busiest that a worker should be, %: the library's default operating range of its CPU metric, assumed. */
const OPERATING_RANGE_PERCENT = 100;

type Worker = { reportedMs: number; readonly busyPercent: number[] };

/**
 * What the workers of an application of version 3 tell of themselves, and who of them leads. Attributes as in
 * WorkerMetricStats.java (wid, lut, sts, opr), EntityType.java and the DynamoDB lock client of
 * awslabs/amazon-kinesis-client 3.5; in 3.5 the rows lie in the lease table, with the worker's id as their leaseKey.
 */
export class Fleet {
  readonly #workers = new Map<string, Worker>();
  #leader: { readonly workerId: string; readonly version: number } | null = null;

  /** @param busyPercent how much of its capacity the worker has used since it told before */
  report(workerId: string, nowMs: number, busyPercent: number): void {
    const worker = this.#workers.get(workerId) ?? { reportedMs: nowMs, busyPercent: [] };
    this.#workers.set(workerId, worker);
    worker.reportedMs = nowMs;
    worker.busyPercent.push(busyPercent);
    worker.busyPercent.splice(0, worker.busyPercent.length - VALUES_KEPT);
  }

  /** The leader renews its lock. */
  lead(workerId: string): void {
    this.#leader = { workerId, version: (this.#leader?.version ?? 0) + 1 };
  }

  /** The rows as this generation of the library lays them down, by table. */
  rows(application: string, library: Library): readonly FleetRow[] {
    const isOneTable = library === 'kcl-3.5';
    const row = (table: string, keyName: string, key: string, entity: string, rest: Item) => ({
      tableName: isOneTable ? application : table,
      item: isOneTable
        ? { leaseKey: { S: key }, [ENTITY_TYPE]: { S: entity }, ...rest }
        : { [keyName]: { S: key }, ...rest },
    });
    const stats = workerStatsTable(application);
    const state = coordinatorTable(application);
    return [
      ...[...this.#workers].map(([workerId, worker]) =>
        row(stats, 'wid', workerId, 'WORKER_METRIC_STATS', {
          lut: { N: String(Math.floor(worker.reportedMs / 1_000)) },
          sts: {
            M: { CPU: { L: worker.busyPercent.map((value) => ({ N: value.toFixed(1) })) } },
          },
          opr: { M: { CPU: { L: [{ N: String(OPERATING_RANGE_PERCENT) }] } } },
        }),
      ),
      ...(this.#leader === null
        ? []
        : [
            row(state, 'key', 'Leader', 'LEADER', {
              ownerName: { S: this.#leader.workerId },
              recordVersionNumber: { S: String(this.#leader.version) },
            }),
            row(state, 'key', 'Migration3.0', 'CLIENT_VERSION_MIGRATION', {
              cv: { S: 'CLIENT_VERSION_3X' },
            }),
          ]),
    ];
  }
}

export type FleetRow = { readonly tableName: string; readonly item: Item };

export function workerStatsTable(application: string): string {
  return `${application}-WorkerMetricStats`;
}

export function coordinatorTable(application: string): string {
  return `${application}-CoordinatorState`;
}
