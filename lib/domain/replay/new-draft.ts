import { FREE_SHARE_DEFAULT } from './emit/caps.ts';
import type { ReplayDraft } from './settings.ts';

/** A draft that nobody has touched: what is dangerous is undecided, what is careful is the default. */
export const NEW_DRAFT: ReplayDraft = {
  source: null,
  sourceStreamArn: null,
  window: null,
  transform: null,
  filter: null,
  expression: null,
  target: null,
  order: 'none',
  // Stops at one in a hundred, once so much was decoded that one in a hundred means something.
  quarantine: { share: 0.01, unitsMin: 100 },
  pace: {
    pace: { kind: 'maximum' },
    idleGapMs: 60_000,
    freeShare: FREE_SHARE_DEFAULT,
    shardCap: null,
    totalCap: null,
  },
  step: 'source',
};
