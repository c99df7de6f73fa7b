import { countOf } from '#lib/format/count.ts';

/** What “Stop all jobs” would act upon now. Each list is in the order in which it was begun, or of names. */
export type StoppableJobs = {
  /** When it was read, on the database's clock. */
  readonly readAtMs: number;
  /** That run, by the names of their streams. */
  readonly reshards: readonly string[];
  /** That act by themselves, by the names of their streams. */
  readonly policies: readonly string[];
  /** That send, or are about to. */
  readonly replays: readonly { readonly id: number; readonly streamName: string }[];
};

/** What was done by it. */
export type StoppedJobs = {
  readonly reshards: number;
  readonly policies: number;
  readonly replays: number;
};

const NAMED_MAX = 5;

/**
 * What stopping does to each kind, a sentence a kind; empty where nothing would be stopped.
 * @example '1 reshard goes no further once the step under way is done: tweets.'
 */
export function stopSentences({
  reshards,
  policies,
  replays,
}: StoppableJobs): readonly { readonly kind: string; readonly words: string }[] {
  const [reshardGoes, policyAdvises, replaySends] = [reshards, policies, replays].map(
    (list) => list.length === 1,
  );
  return [
    {
      kind: 'replays',
      names: replays.map(({ id, streamName }) => `${id} into ${streamName}`),
      words: `${countOf(replays.length, 'replay')} ${replaySends ? 'sends' : 'send'} no new request, and ${replaySends ? 'is' : 'are'} paused when those under way are answered`,
    },
    {
      kind: 'reshards',
      names: reshards,
      words: `${countOf(reshards.length, 'reshard')} ${reshardGoes ? 'goes' : 'go'} no further once the step under way is done`,
    },
    {
      kind: 'policies',
      names: policies,
      words: `${countOf(policies.length, 'autoscale policy', 'autoscale policies')} only ${policyAdvises ? 'advises' : 'advise'} from then on`,
    },
  ]
    .filter(({ names }) => names.length > 0)
    .map(({ kind, names, words }) => ({ kind, words: `${words}: ${named(names)}.` }));
}

/** @example '2 replays and 1 reshard paused; 1 policy only advises' */
export function stoppedWords({ reshards, policies, replays }: StoppedJobs): string {
  const paused = [
    ...(replays > 0 ? [countOf(replays, 'replay')] : []),
    ...(reshards > 0 ? [countOf(reshards, 'reshard')] : []),
  ].join(' and ');
  const parts = [
    ...(paused === '' ? [] : [`${paused} told to pause`]),
    ...(policies === 0
      ? []
      : [
          `${countOf(policies, 'autoscale policy', 'autoscale policies')} now only ${policies === 1 ? 'advises' : 'advise'}`,
        ]),
  ];
  return parts.length === 0 ? 'Nothing was under way any more.' : `${parts.join('; ')}.`;
}

function named(names: readonly string[]): string {
  const more = names.length - NAMED_MAX;
  return `${names.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
