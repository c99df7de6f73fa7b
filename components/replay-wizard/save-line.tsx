'use client';

import { Button } from '#components/primitives/button.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { autosaveWords } from '#lib/replay/wizard/autosave.ts';
import classes from './replay-wizard.module.css';
import type { DraftControl } from './use-draft.ts';

/** Whether what stands here is kept; and where it is not, why, and what can be done. */
export function SaveLine({ control }: { readonly control: DraftControl }) {
  const { state, again, takeTheirs, keepMine, isDeciding } = control;
  return (
    <>
      <Quiet role="status">{autosaveWords(state)}</Quiet>
      {state.failure !== null && (
        <div className={classes.notice} role="alert">
          <p>
            Your changes are in this tab alone: {state.failure} They are saved with your next
            change.
          </p>
          <Button onClick={again}>Save now</Button>
        </div>
      )}
      {state.conflict !== null && (
        <div className={classes.notice} role="alert">
          <p>
            {state.conflict.words} Nothing of either is lost until you decide which draft goes on.
          </p>
          <div className={classes.buttons}>
            <Button disabled={isDeciding} onClick={takeTheirs}>
              Go on with theirs
            </Button>
            <Button disabled={isDeciding} onClick={keepMine}>
              Save mine over it
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
