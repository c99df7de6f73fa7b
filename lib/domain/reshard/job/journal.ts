/**
 * How a call ended. `accepted`: Kinesis said yes. `busy`, `limit-exceeded`, `denied` (credentials), `refused`: it said
 * no, and nothing was done. `lost`: nobody heard.
 */
export type Answer = 'accepted' | 'busy' | 'limit-exceeded' | 'denied' | 'refused' | 'lost';

/**
 * One line of a job's journal; `step` counts from 0. An intent is written before its call, so that whoever comes after
 * a crash knows that the call may have been made; an effect is written when the layout was seen to be as the step
 * gives it.
 */
export type JournalEntry = { readonly atMs: number } & (
  | {
      readonly kind: 'intent';
      readonly step: number;
      readonly attempt: number;
      /** Of the layout that it was decided on: `layoutFingerprint`. */
      readonly fingerprint: string;
    }
  | {
      readonly kind: 'answer';
      readonly step: number;
      readonly attempt: number;
      readonly answer: Answer;
      /** Kinesis's own words where it said no; null else. */
      readonly message: string | null;
    }
  | { readonly kind: 'effect'; readonly step: number }
  /** A person let it go on: attempts are counted anew. */
  | { readonly kind: 'resume'; readonly step: number }
);

/** A call of the step that is next, as the journal has it. */
export type LastCall = {
  readonly attempt: number;
  /** Attempts since a person last let it go on. */
  readonly tries: number;
  /** Of the layout before it; null: a person let it go on from another one since. */
  readonly fingerprint: string | null;
  readonly intendedAtMs: number;
  /** null: none is written; the call may have been made, or not. */
  readonly answer: Answer | null;
  readonly answeredAtMs: number | null;
  readonly message: string | null;
};

export type Progress = {
  /** Steps whose effect was seen: the next one's number. */
  readonly done: number;
  /** The last call of that next step; null: none was made. */
  readonly lastCall: LastCall | null;
};

/** What a journal comes to. @param journal in the order in which it was written */
export function progressOf(journal: readonly JournalEntry[]): Progress {
  let progress: Progress = { done: 0, lastCall: null };
  for (const entry of journal) progress = afterEntry(progress, entry);
  return progress;
}

/** Progress with one more line, for whoever holds it already. */
export function afterEntry(progress: Progress, entry: JournalEntry): Progress {
  const { done, lastCall } = progress;
  if (entry.step !== done) return progress;
  switch (entry.kind) {
    case 'intent':
      return {
        done,
        lastCall: {
          attempt: entry.attempt,
          tries: (lastCall?.tries ?? 0) + 1,
          fingerprint: entry.fingerprint,
          intendedAtMs: entry.atMs,
          answer: null,
          answeredAtMs: null,
          message: null,
        },
      };
    case 'answer':
      return lastCall?.attempt === entry.attempt
        ? {
            done,
            lastCall: {
              ...lastCall,
              answer: entry.answer,
              answeredAtMs: entry.atMs,
              message: entry.message,
            },
          }
        : progress;
    case 'effect':
      return { done: done + 1, lastCall: null };
    case 'resume':
      return {
        done,
        // Others undid what Kinesis took: who lets it go on all the same wants it done once more.
        lastCall: lastCall && {
          ...lastCall,
          tries: 0,
          fingerprint: null,
          answer: lastCall.answer === 'accepted' ? 'lost' : lastCall.answer,
        },
      };
  }
}
