import type { ReplayDraft } from '#lib/domain/replay/settings.ts';

/**
 * A draft that saves itself. What is typed is here at once; one request at a time carries it to the server, with the
 * revision that it was made of, so that two tabs do not overwrite each other.
 *
 * ```
 * saved --edit--> changed --send--> sending --stored--> saved, or changed if it was edited meanwhile
 *                    ^                 |--failed--> failed --edit or again--> changed
 *                    |                 |--conflict--> conflict: nothing is sent until a person decides
 *                    +--keep-mine------+                        take-theirs --> saved
 * ```
 */
export type Autosave = {
  readonly draft: ReplayDraft;
  /** Of the draft as the server has it. */
  readonly revision: number;
  /** What the server is known to have. */
  readonly stored: ReplayDraft;
  /** What is under way; null: nothing. */
  readonly sent: ReplayDraft | null;
  /** Why the last attempt came to nothing; null where it did not. */
  readonly failure: string | null;
  /** Somebody else saved: what they said, and their draft where it was read; null: nobody did. */
  readonly conflict: { readonly words: string } | null;
};

export type AutosaveEvent =
  | { readonly kind: 'edit'; readonly change: (draft: ReplayDraft) => ReplayDraft }
  | { readonly kind: 'send' }
  | { readonly kind: 'stored'; readonly revision: number }
  | { readonly kind: 'failed'; readonly words: string }
  | { readonly kind: 'again' }
  | { readonly kind: 'conflict'; readonly words: string }
  | { readonly kind: 'keep-mine'; readonly revision: number }
  | { readonly kind: 'take-theirs'; readonly draft: ReplayDraft; readonly revision: number };

export function newAutosave(draft: ReplayDraft, revision: number): Autosave {
  return { draft, revision, stored: draft, sent: null, failure: null, conflict: null };
}

export function autosave(state: Autosave, event: AutosaveEvent): Autosave {
  switch (event.kind) {
    case 'edit': {
      const draft = event.change(state.draft);
      return draft === state.draft ? state : { ...state, draft, failure: null };
    }
    case 'send':
      return { ...state, sent: state.draft };
    case 'stored':
      return {
        ...state,
        revision: event.revision,
        stored: state.sent ?? state.stored,
        sent: null,
        failure: null,
      };
    case 'failed':
      return { ...state, sent: null, failure: event.words };
    case 'again':
      return { ...state, failure: null };
    case 'conflict':
      return { ...state, sent: null, conflict: { words: event.words } };
    case 'keep-mine':
      return { ...state, revision: event.revision, conflict: null, failure: null };
    case 'take-theirs':
      return newAutosave(event.draft, event.revision);
  }
}

/** Whether the server lacks something that stands here. */
export function isUnsaved({ draft, stored }: Autosave): boolean {
  return draft !== stored;
}

/** Whether there is something to be sent, and nothing against it. */
export function maySave(state: Autosave): boolean {
  return (
    isUnsaved(state) && state.sent === null && state.failure === null && state.conflict === null
  );
}

/** What is said of it beside the steps. */
export function autosaveWords(state: Autosave): string {
  if (state.conflict !== null) return 'Not saved: changed elsewhere';
  if (state.failure !== null) return 'Not saved';
  return isUnsaved(state) ? 'Saving…' : 'Draft saved';
}
