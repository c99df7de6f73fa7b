import { hashPartitionKey, readHashKey } from '#lib/domain/key-lookup.ts';
import type { GoalInput } from './goal-input.ts';

/** What a person can choose, in the order in which it is offered. */
export const DRAFT_KINDS = [
  'split-shard',
  'merge-shards',
  'scale-to-count',
  'scale-to-fit',
  'rebalance',
  'merge-cold',
  'isolate-key',
  'boundaries',
  'of-job',
] as const;

export type DraftKind = (typeof DRAFT_KINDS)[number];

export const DRAFT_KIND_WORDS: Readonly<Record<DraftKind, string>> = {
  'split-shard': 'Split a shard',
  'merge-shards': 'Merge two shards',
  'scale-to-count': 'Scale to a number of shards',
  'scale-to-fit': 'Scale to fit the load',
  rebalance: 'Rebalance by load',
  'merge-cold': 'Merge cold neighbours',
  'isolate-key': 'Isolate a hot key',
  boundaries: 'Boundaries of my own',
  'of-job': 'The layout of an operation',
};

/** A goal as it stands in the form: texts as they are typed. */
export type GoalDraft = {
  readonly kind: DraftKind;
  readonly cutBy: 'load-median' | 'middle' | 'hash-key';
  readonly cutAt: string;
  readonly side: 'left' | 'right';
  readonly count: number;
  readonly headroomPercent: number;
  readonly slackPercent: number;
  readonly coldPercent: number;
  readonly keyIs: 'partition-key' | 'hash-key';
  readonly key: string;
  readonly boundaries: string;
  /** The operation whose layout is meant; null: none is chosen. */
  readonly jobId: number | null;
  readonly layout: 'before' | 'after';
};

export function newDraft(kind: DraftKind, openShardCount: number): GoalDraft {
  return {
    kind,
    cutBy: 'load-median',
    cutAt: '',
    side: 'right',
    count: openShardCount,
    headroomPercent: 30,
    slackPercent: 5,
    coldPercent: 50,
    keyIs: 'partition-key',
    key: '',
    boundaries: '',
    jobId: null,
    layout: 'before',
  };
}

/** The shard that is chosen on the strip, with its neighbours; null where there is none or it is not known yet. */
export type ChosenShards = {
  readonly shardId: string | null;
  readonly left: string | null;
  readonly right: string | null;
};

/** `missing`: what is still to be said, as a hint. */
export type ReadDraft =
  | { readonly goal: GoalInput; readonly missing: null }
  | { readonly goal: null; readonly missing: string };

const CHOOSE = 'Choose a shard on the strip above, or in the table of shards.';

/**
 * The goal that a form comes to. A partition key is hashed here and goes no further: only its hash does.
 * @example readDraft(newDraft('scale-to-count', 7), NONE).goal // { kind: 'scale-to-count', count: 7 }
 */
export function readDraft(draft: GoalDraft, chosen: ChosenShards): ReadDraft {
  switch (draft.kind) {
    case 'split-shard':
      return chosen.shardId === null ? missing(CHOOSE) : splitOf(draft, chosen.shardId);
    case 'merge-shards': {
      const other = chosen[draft.side];
      if (chosen.shardId === null) return missing(CHOOSE);
      return other === null
        ? missing(`The chosen shard has no neighbour on its ${draft.side}.`)
        : given({ kind: draft.kind, shardIds: [chosen.shardId, other] });
    }
    case 'scale-to-count':
      return given({ kind: draft.kind, count: draft.count });
    case 'scale-to-fit':
      return given({ kind: draft.kind, headroom: draft.headroomPercent / 100 });
    case 'rebalance':
      return given({ kind: draft.kind, count: draft.count, slack: draft.slackPercent / 100 });
    case 'merge-cold':
      return given({ kind: draft.kind, useMax: draft.coldPercent / 100 });
    case 'isolate-key': {
      const found =
        draft.keyIs === 'partition-key' ? hashPartitionKey(draft.key) : readHashKey(draft.key);
      if (draft.key === '') return missing('Write the key that is too hot.');
      return found.ok
        ? given({ kind: draft.kind, at: found.hashKey.toString() })
        : missing('This is no such key.');
    }
    case 'boundaries':
      return boundariesOf(draft);
    case 'of-job':
      return draft.jobId === null
        ? missing('Choose an operation: each that is over offers its layout.')
        : given({ kind: draft.kind, jobId: draft.jobId, layout: draft.layout });
  }
}

function splitOf({ cutBy, cutAt }: GoalDraft, shardId: string): ReadDraft {
  if (cutBy !== 'hash-key') return given({ kind: 'split-shard', shardId, cut: { by: cutBy } });
  const found = readHashKey(cutAt);
  return found.ok
    ? given({ kind: 'split-shard', shardId, cut: { by: cutBy, at: found.hashKey.toString() } })
    : missing('Write the first hash key of the new right shard: decimal, or hexadecimal after 0x.');
}

function boundariesOf({ boundaries }: GoalDraft): ReadDraft {
  const texts = boundaries.split(/[\s,;]+/).filter((text) => text !== '');
  const keys = texts.map(readHashKey);
  const wrong = keys.findIndex((key) => !key.ok);
  if (wrong >= 0) return missing(`“${texts[wrong]}” is no hash key.`);
  const values = keys.flatMap((key) => (key.ok ? [key.hashKey] : []));
  return given({
    kind: 'boundaries',
    boundaries: values.sort((a, b) => (a < b ? -1 : 1)).map(String),
  });
}

function given(goal: GoalInput): ReadDraft {
  return { goal, missing: null };
}

function missing(what: string): ReadDraft {
  return { goal: null, missing: what };
}
