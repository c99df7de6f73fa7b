import type { ApplicationWatch, WatchVerdict } from './watch-application.ts';
import type { RefusalsWatch } from './watch-refusals.ts';

/**
 * How a reshard has turned out as a whole: what needs somebody goes first, then what is not done yet, then what is not
 * known. Without a consumer that keeps leases only refusals are judged.
 */
export function watchVerdict(of: {
  readonly isOver: boolean;
  readonly applications: readonly Pick<ApplicationWatch, 'verdict'>[];
  readonly refusals: RefusalsWatch['outcome'];
}): WatchVerdict {
  const verdicts = [...of.applications.map(({ verdict }) => verdict), REFUSALS[of.refusals]];
  if (!of.isOver) verdicts.push('under-way');
  return WORST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? 'unknown';
}

const WORST_FIRST: readonly WatchVerdict[] = ['attention', 'under-way', 'unknown', 'settled'];

const REFUSALS: Readonly<Record<RefusalsWatch['outcome'], WatchVerdict>> = {
  none: 'settled',
  ended: 'settled',
  calming: 'under-way',
  'goes-on': 'attention',
  unknown: 'unknown',
};
