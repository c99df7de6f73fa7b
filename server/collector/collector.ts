import type { Thresholds } from '#lib/domain/consumers/thresholds.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import {
  acquireLease,
  type CollectorLease,
  LeaseLost,
  releaseLease,
} from '#server/db/collector-lease.ts';
import { upsertConnection } from '#server/db/connection-state.ts';
import type { Notification } from '#server/db/notification.ts';
import type { Logger } from '#server/log.ts';
import { connectionFailure } from './collection.ts';
import { LEASE_TTL_MS, type Leading, lead } from './lead.ts';
import { openLeadRetry } from './lead-retry.ts';
import { wait } from './wait.ts';

/** A collector that does not lead looks this often whether it could. */
const STANDBY_MS_MAX = 2_000;

export type CollectorDependencies = {
  readonly connection: Connection;
  readonly aws: Aws;
  readonly database: Database;
  readonly log: Logger;
  /** Our own clock. */
  readonly nowMs: () => number;
  /** Names this process among all that may collect. */
  readonly holder: string;
  /** Periods that one live reading spans at most, where it is another number than usual. */
  readonly livePeriodsMax?: number;
  /** From when on something is a fault of a consumer, where it is another than usual. */
  readonly consumerThresholds?: Thresholds;
};

/** `store-lost`: PostgreSQL cannot be reached, or refuses. */
type CollectorRole = 'starting' | 'standby' | 'leading' | 'store-lost';

type CollectorState = {
  readonly connection: string;
  readonly role: CollectorRole;
  readonly streams: number;
  readonly listedAtMs: number | null;
  readonly failure: string | null;
  readonly calls: Readonly<Record<string, number>>;
};

export type Collector = {
  onNotification(notification: Notification): void;
  state(): CollectorState;
  /** Resolves when the signal was aborted and the lease is given back. */
  readonly done: Promise<void>;
};

/**
 * Collects one connection for as long as nobody else does, and stands by otherwise. Outlives failures of AWS
 * and of the store; what changes is logged, not each try.
 */
export function startCollector(
  dependencies: CollectorDependencies,
  signal: AbortSignal,
): Collector {
  const { connection, database, log, holder } = dependencies;
  let role: CollectorRole = 'starting';
  let leading: Leading | null = null;
  const retry = openLeadRetry();
  /** When this try began to lead, on the monotonic clock; null: it has not. */
  let ledSinceMs: number | null = null;

  function become(next: CollectorRole, context: object = {}): void {
    if (role === next) return;
    role = next;
    const level = next === 'store-lost' ? 'warn' : 'info';
    log[level]({ ...context, role: next }, `collector of ${connection.name}: ${next}`);
  }

  async function leadUntilOver(lease: CollectorLease): Promise<void> {
    try {
      await upsertConnection(database, {
        connection: connection.name,
        region: connection.region,
        source: connection.source,
        readOnly: connection.readOnly,
        cadenceSeconds: connection.cadence.topologySeconds,
        budgetDollarsPerDay: connection.budgetDollarsPerDay,
        charged: connection.credentials.kind !== 'embedded',
      });
      leading = await lead(dependencies, lease, signal);
      become('leading', { token: lease.token });
      ledSinceMs = performance.now();
      await leading.done;
    } finally {
      leading = null;
      // Where the store is away the lease runs out by itself.
      await releaseLease(database, lease).catch((error: unknown) =>
        log.debug({ error }, 'lease not released'),
      );
    }
  }

  async function round(): Promise<number> {
    ledSinceMs = null;
    try {
      const lease = await acquireLease(database, connection.name, holder, LEASE_TTL_MS);
      if ('heldForMs' in lease) {
        become('standby');
        return Math.min(STANDBY_MS_MAX, lease.heldForMs + 20);
      }
      await leadUntilOver(lease);
      return 0;
    } catch (error) {
      if (error instanceof LeaseLost) {
        become('standby');
        return 0;
      }
      become('store-lost', { error });
      return retry.nextWaitMs(ledSinceMs === null ? 0 : performance.now() - ledSinceMs);
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) await wait(await round(), signal);
  }

  return {
    onNotification: (notification) => leading?.onNotification(notification),
    state: () => ({
      connection: connection.name,
      role,
      streams: leading?.collection.streams.size ?? 0,
      listedAtMs: leading?.collection.listedAtMs ?? null,
      failure: leading === null ? null : (connectionFailure(leading.collection)?.message ?? null),
      calls: dependencies.aws.callCounts(),
    }),
    done: run(),
  };
}
