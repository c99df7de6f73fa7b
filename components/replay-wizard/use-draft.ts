'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import {
  type Autosave,
  autosave,
  isUnsaved,
  maySave,
  newAutosave,
} from '#lib/replay/wizard/autosave.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { writable } from '#lib/trpc/writable.ts';

/** So long after the last change it is saved. */
const SETTLE_MS = 500;

export type DraftControl = {
  readonly state: Autosave;
  readonly draft: ReplayDraft;
  readonly edit: (change: (draft: ReplayDraft) => ReplayDraft) => void;
  /** After a failure. */
  readonly again: () => void;
  /** After a conflict: goes on with what another has saved, or saves this over it. */
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
  /** Both are asked of the server, which may not answer. */
  readonly isDeciding: boolean;
};

/** The draft of a run, saved as it is changed. @param draft as it was when the wizard was opened */
export function useDraft(run: ReplayView, first: ReplayDraft): DraftControl {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [state, dispatch] = useReducer(autosave, null, () => newAutosave(first, run.revision));
  const theirs = trpc.replays.get.queryOptions({ id: run.id });
  const save = useMutation(
    trpc.replays.saveDraft.mutationOptions({
      onSuccess: ({ revision }) => dispatch({ kind: 'stored', revision }),
      onError: ({ data, message }) =>
        dispatch({ kind: data?.code === 'CONFLICT' ? 'conflict' : 'failed', words: message }),
    }),
  );
  const { mutate } = save;

  const send = useCallback(() => {
    if (!maySave(state)) return;
    dispatch({ kind: 'send' });
    mutate({ id: run.id, revision: state.revision, draft: writable(state.draft) });
  }, [state, mutate, run.id]);

  // What is seen after a reload is a step of its own: it does not wait for somebody to stop typing.
  const isOtherStep = state.draft.step !== state.stored.step;
  useEffect(() => {
    const timer = setTimeout(send, isOtherStep ? 0 : SETTLE_MS);
    return () => clearTimeout(timer);
  }, [send, isOtherStep]);

  // Whoever leaves the page does not wait for the timer.
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  }, [send]);
  useEffect(() => {
    const leave = () => latest.current();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  // Saved in another tab while nothing was changed here: this tab follows.
  const { draft, revision } = run;
  const isBehind = draft !== null && revision > state.revision && !isUnsaved(state);
  useEffect(() => {
    if (isBehind && draft !== null) dispatch({ kind: 'take-theirs', draft, revision });
  }, [isBehind, draft, revision]);

  const decide = useMutation({
    mutationFn: async (which: 'mine' | 'theirs') => {
      const now = await queryClient.fetchQuery({ ...theirs, staleTime: 0 });
      return { which, now };
    },
    onSuccess: ({ which, now }) => {
      if (which === 'mine') dispatch({ kind: 'keep-mine', revision: now.revision });
      else if (now.draft !== null) {
        dispatch({ kind: 'take-theirs', draft: now.draft, revision: now.revision });
      }
    },
  });

  const edit = useCallback<DraftControl['edit']>(
    (change) => dispatch({ kind: 'edit', change }),
    [],
  );

  return {
    state,
    draft: state.draft,
    edit,
    again: () => dispatch({ kind: 'again' }),
    takeTheirs: () => decide.mutate('theirs'),
    keepMine: () => decide.mutate('mine'),
    isDeciding: decide.isPending,
  };
}
