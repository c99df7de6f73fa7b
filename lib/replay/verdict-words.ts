import type { Verdict } from '#lib/domain/replay/filter/record-filter.ts';

type DropReason = Extract<Verdict, { kind: 'dropped' }>['reason'];

const WORDS: Readonly<Record<DropReason, string>> = {
  'outside-window': 'It arrived outside the window.',
  'unknown-time': 'Nothing tells when it arrived, and such records are left out.',
  'other-key': 'Its partition key is not among those that are taken.',
  'not-sampled': 'It is not part of the sample that is taken.',
  expression: 'The expression gives false for it.',
  duplicate: 'It is a duplicate of one before.',
};

/** Why the filter does not send a record. */
export function dropWords(reason: DropReason): string {
  return WORDS[reason];
}
