import { type ObjectChange, objectAfter } from './change-object.ts';
import type { Answer, JournalEntry, JournalGroup } from './journal.ts';
import { addToLedger, type Ledger } from './ledger.ts';
import {
  hasOrdinal,
  lowWater,
  NO_ORDINALS,
  type Run,
  withOrdinals,
  withoutOrdinals,
} from './ordinals.ts';
import { countUnits, runsByObject, type Span } from './position.ts';
import type { SliceProgress } from './slice-progress.ts';

/**
 * Why a group is not taken. `stale-token`: somebody else holds the slice, so whoever wrote this stops. All others are
 * faults of ours, of which going on would lose count: the run fails.
 */
type CommitFault =
  | 'stale-token'
  | 'unknown-request'
  | 'request-twice'
  | 'answer-of-other-units'
  | 'settled-twice'
  | 'in-flight-twice'
  | 'outside-the-slice'
  | 'beyond-the-end';

export type Committed =
  | { readonly ok: true; readonly progress: SliceProgress }
  | { readonly ok: false; readonly fault: CommitFault };

/**
 * The checkpoint after a group, which is taken as a whole or not at all. In a group what was heard and settled comes
 * before what is to be sent, whatever their order: an intent may send again what an answer of the same group gave back.
 */
export function commitGroup(progress: SliceProgress, group: JournalGroup): Committed {
  if (group.token !== progress.token) return { ok: false, fault: 'stale-token' };
  const draft: Draft = {
    requests: new Map(progress.requests.map(({ request, spans }) => [request, spans])),
    changes: new Map(),
    ledger: progress.ledger,
  };
  const heard = group.entries.filter(({ kind }) => kind !== 'intent');
  const intents = group.entries.filter(({ kind }) => kind === 'intent');
  for (const entry of [...heard, ...intents]) {
    const fault = take(draft, entry);
    if (fault !== null) return { ok: false, fault };
  }
  return withChanges(progress, draft);
}

/**
 * The checkpoint as its next holder begins with it: what was in flight was perhaps written, perhaps not, perhaps will be
 * yet, since a holder that only slept may still send what it had written down.
 * @param token greater than the one before. @throws RangeError where it is not.
 */
export function takeOver(progress: SliceProgress, token: number): SliceProgress {
  if (token <= progress.token) {
    throw new RangeError(`A lease has a greater token than ${progress.token}; got ${token}`);
  }
  const interrupted = progress.requests.reduce((sum, { spans }) => sum + countUnits(spans), 0);
  return {
    ...progress,
    token,
    requests: [],
    ledger: addToLedger(progress.ledger, { recordsInterrupted: interrupted, takeovers: 1 }),
  };
}

/** Changes are gathered by object and made at once: sets of thousands of runs are gone through once a group. */
type Draft = {
  readonly requests: Map<string, readonly Span[]>;
  readonly changes: Map<number, ObjectChange>;
  ledger: Ledger;
};

function take(draft: Draft, entry: JournalEntry): CommitFault | null {
  switch (entry.kind) {
    case 'intent':
      if (draft.requests.has(entry.request)) return 'request-twice';
      draft.requests.set(entry.request, entry.spans);
      gather(draft, 'intended', entry.spans);
      count(draft, { requests: 1, recordsIntended: countUnits(entry.spans) });
      return null;
    case 'answer':
      return takeAnswer(draft, entry);
    case 'settle':
      gather(draft, entry.as === 'quarantined' ? 'quarantined' : 'settled', entry.spans);
      count(draft, { [entry.as]: countUnits(entry.spans) });
      return null;
    case 'mark':
      changeOf(draft, entry.object).marks.push({ ordinal: entry.ordinal, byte: entry.byte });
      return null;
    case 'inversions':
      count(draft, { orderInversions: entry.records });
      return null;
    case 'object-end':
      changeOf(draft, entry.object).units = entry.units;
      return null;
  }
}

function takeAnswer(draft: Draft, answer: Answer): CommitFault | null {
  const intended = draft.requests.get(answer.request);
  if (intended === undefined) return 'unknown-request';
  const { acknowledged, throttled, failed, unknown } = answer;
  if (!isSameUnits(intended, [...acknowledged, ...throttled, ...failed, ...unknown])) {
    return 'answer-of-other-units';
  }
  draft.requests.delete(answer.request);
  gather(draft, 'settled', acknowledged);
  count(draft, {
    emitted: countUnits(acknowledged),
    emittedBytes: answer.acknowledgedBytes,
    recordsAcknowledged: countUnits(acknowledged),
    recordsThrottled: countUnits(throttled),
    recordsFailed: countUnits(failed),
    recordsInLostAnswers: countUnits(unknown),
  });
  return null;
}

/** Each unit of `intended` once, and no other. */
function isSameUnits(intended: readonly Span[], answered: readonly Span[]): boolean {
  if (isAlike(intended, answered)) return true;
  if (countUnits(intended) !== countUnits(answered)) return false;
  const answeredRuns = runsByObject(answered);
  for (const [object, runs] of runsByObject(intended)) {
    const wanted = withOrdinals(NO_ORDINALS, runs);
    if (withoutOrdinals(wanted, answeredRuns.get(object) ?? []).length > 0) return false;
  }
  return true;
}

/** Mostly all was acknowledged, and nothing has to be sorted out. */
function isAlike(some: readonly Span[], others: readonly Span[]): boolean {
  return (
    some.length === others.length &&
    some.every((span, i) => {
      const other = others[i];
      return (
        other?.object === span.object && other.first === span.first && other.last === span.last
      );
    })
  );
}

function withChanges(progress: SliceProgress, draft: Draft): Committed {
  const { first, last } = progress.objects;
  const open = new Map(progress.open.map((object) => [object.object, object]));
  const underWay = runsByObject([...draft.requests.values()].flat());
  const ended: Run[] = [];
  for (const [object, change] of draft.changes) {
    if (object < first || object > last) return { ok: false, fault: 'outside-the-slice' };
    if (hasOrdinal(progress.done, object - first)) return { ok: false, fault: 'settled-twice' };
    const after = objectAfter(object, open.get(object) ?? null, change, underWay.get(object) ?? []);
    if (!after.ok) return after;
    open.set(object, after.object);
    if (after.object.units === lowWater(after.object.settled)) {
      open.delete(object);
      ended.push([object - first, object - first]);
      const end = after.object.quarantined > 0 ? 'objectsWithQuarantine' : 'objectsCompleted';
      count(draft, { decoded: after.object.units, [end]: 1 });
    }
  }
  const requests = [...draft.requests].map(([request, spans]) => ({ request, spans }));
  return {
    ok: true,
    progress: {
      ...progress,
      done: ended.length === 0 ? progress.done : withOrdinals(progress.done, ended),
      open: [...open.values()].sort((a, b) => a.object - b.object),
      requests,
      ledger: draft.ledger,
    },
  };
}

function gather(
  draft: Draft,
  into: 'settled' | 'quarantined' | 'intended',
  spans: readonly Span[],
): void {
  for (const { object, first, last } of spans) changeOf(draft, object)[into].push([first, last]);
}

function changeOf(draft: Draft, object: number): ObjectChange {
  const known = draft.changes.get(object);
  if (known !== undefined) return known;
  const change: ObjectChange = {
    settled: [],
    quarantined: [],
    intended: [],
    marks: [],
    units: null,
  };
  draft.changes.set(object, change);
  return change;
}

function count(draft: Draft, more: Partial<Ledger>): void {
  draft.ledger = addToLedger(draft.ledger, more);
}
