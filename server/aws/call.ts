import type { Connection, Service } from '#server/config/config.ts';
import { API_QUOTAS, type Api } from './api-quotas.ts';
import { toAwsFailure } from './errors.ts';
import { type RateBudget, rateBudget } from './rate-budget.ts';

/** Attempts and waiting between them included; a call that hangs must end, so that its cause can be shown. */
const CALL_DEADLINE_MS = 12_000;

export type Caller = {
  /**
   * Runs one call to AWS within its API's budget and deadline.
   * @throws AwsFailure, or the signal's reason when it is aborted
   */
  call<T>(
    api: Api,
    signal: AbortSignal,
    send: (abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Calls begun since the start, by API. */
  counts(): Readonly<Record<Api, number>>;
};

/** @param repeats see CallSite */
export function openCaller(connection: Connection, repeats: boolean): Caller {
  const budgets = new Map<Api, RateBudget>();
  const counts = Object.fromEntries(Object.keys(API_QUOTAS).map((api) => [api, 0])) as Record<
    Api,
    number
  >;

  function budgetOf(api: Api): RateBudget {
    const known = budgets.get(api);
    if (known !== undefined) return known;
    const made = rateBudget(API_QUOTAS[api] * connection.quotaShare);
    budgets.set(api, made);
    return made;
  }

  return {
    async call(api, signal, send) {
      await budgetOf(api).take(1, signal);
      counts[api] += 1;
      const deadline = AbortSignal.timeout(CALL_DEADLINE_MS);
      try {
        return await send(AbortSignal.any([signal, deadline]));
      } catch (error) {
        signal.throwIfAborted();
        throw toAwsFailure(deadline.aborted ? deadline.reason : error, {
          action: api,
          endpoint: hostOf(connection, api.slice(0, api.indexOf(':')) as Service),
          connection: connection.name,
          repeats,
        });
      }
    },
    counts: () => ({ ...counts }),
  };
}

function hostOf(connection: Connection, service: Service): string | null {
  const endpoint = connection.endpoints[service];
  return endpoint === undefined ? null : new URL(endpoint).host;
}
