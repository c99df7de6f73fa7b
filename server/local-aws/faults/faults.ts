import { seededRandom } from './random.ts';

/**
 * What goes wrong with a request:
 * - `throttle`: refused before it is handled, by the exception that AWS throttles this operation with
 * - `deny`: refused before it is handled, as IAM refuses a principal without the permission
 * - `error`: answered 500 InternalFailure before it is handled
 * - `stall`: held for `ms` before it is handled; without `ms` for as long as the client waits
 * - `reset`: the connection is cut before it is handled
 * - `lose-answer`: handled, then the connection is cut: done, but the caller cannot know
 */
export type FaultEffect =
  | { readonly type: 'throttle' }
  | { readonly type: 'deny' }
  | { readonly type: 'error' }
  | { readonly type: 'stall'; readonly ms?: number | undefined }
  | { readonly type: 'reset' }
  | { readonly type: 'lose-answer' };

export type FaultRule = {
  readonly effect: FaultEffect;
  /** The operation's name, as `PutRecords`; left out: every one. */
  readonly operation?: string | undefined;
  /** Left out: every stream, and requests that name none. */
  readonly streamName?: string | undefined;
  /** Share of the matching requests that are hit, 0 .. 1; left out: all. */
  readonly probability?: number | undefined;
  /** The rule ends after so many hits; left out: never. */
  readonly count?: number | undefined;
};

type ActiveFault = FaultRule & { readonly id: number; readonly hits: number };

/** Faults to be injected into the wire. Rules are tried in the order in which they were added. */
export type Faults = {
  /** @throws RangeError for a probability outside 0 .. 1, or a count or a time below 0. */
  addFault(rule: FaultRule): ActiveFault;
  clearFaults(): void;
  /** Rules that can still hit, oldest first. */
  listFaults(): readonly ActiveFault[];
  /** Decides on one request: the effect of the first rule that hits, which is thereby counted. */
  next(request: {
    readonly operation: string;
    readonly streamName: string | null;
  }): FaultEffect | null;
};

/** @param seed decides where rules with a probability hit. */
export function createFaults(seed = 1): Faults {
  const random = seededRandom(seed);
  let rules: ActiveFault[] = [];
  let nextId = 1;
  return {
    addFault(rule) {
      assertRule(rule);
      const active = { ...rule, id: nextId, hits: 0 };
      nextId += 1;
      rules.push(active);
      return active;
    },
    clearFaults() {
      rules = [];
    },
    listFaults: () => [...rules],
    next(request) {
      const hit = rules.find(
        (rule) => matches(rule, request) && random() < (rule.probability ?? 1),
      );
      if (hit === undefined) {
        return null;
      }
      rules = rules
        .map((rule) => (rule.id === hit.id ? { ...rule, hits: rule.hits + 1 } : rule))
        .filter(({ count, hits }) => count === undefined || hits < count);
      return hit.effect;
    },
  };
}

function matches(
  rule: FaultRule,
  request: { readonly operation: string; readonly streamName: string | null },
): boolean {
  return (
    (rule.operation === undefined || rule.operation === request.operation) &&
    (rule.streamName === undefined || rule.streamName === request.streamName)
  );
}

function assertRule({ effect, probability = 1, count = 1 }: FaultRule): void {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`A probability lies in 0 .. 1; got ${probability}`);
  }
  if (!(count >= 1)) {
    throw new RangeError(`A fault hits at least once; got a count of ${count}`);
  }
  if (effect.type === 'stall' && effect.ms !== undefined && !(effect.ms >= 0)) {
    throw new RangeError(`A stall lasts 0 ms or more; got ${effect.ms}`);
  }
}
