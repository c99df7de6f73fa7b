'use client';

import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { Button } from '#components/primitives/button.tsx';
import classes from './change-form.module.css';
import { FailureNotice } from './failure-notice.tsx';

/** What a failed procedure tells the browser. */
export type ProcedureFailure = {
  readonly message: string;
  readonly data?: { readonly deniedAction: string | null } | null | undefined;
};

/**
 * A form that changes something at AWS: fields, what follows from it, one button that does it and one that
 * leaves. However often it is clicked, it is sent once until it is answered.
 */
export function ChangeForm(props: {
  /** Names the form for screen readers, as its title stands outside. */
  readonly label: string;
  readonly children: ReactNode;
  /** What follows: what is lost, what it costs. Heard as it changes. */
  readonly consequence?: ReactNode;
  /** Why it cannot be sent yet; null: it can. */
  readonly blocked: string | null;
  readonly submitLabel: string;
  readonly pending: boolean;
  /** While it is asked for, where AWS is not. */
  readonly pendingLabel?: string;
  readonly failure: ProcedureFailure | null;
  readonly failureTitle: string;
  readonly streamArn: string | null;
  readonly danger?: boolean;
  readonly onSubmit: () => void;
  /** What leaves it; where that is not all, but the step before. */
  readonly cancelLabel?: string;
  readonly onCancel: () => void;
}) {
  const { pending, failure } = props;
  // Two clicks may come before the first is drawn.
  const sent = useRef(false);
  useEffect(() => {
    if (!pending) sent.current = false;
  }, [pending]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (sent.current || pending || props.blocked !== null) return;
    sent.current = true;
    props.onSubmit();
  }

  return (
    <form
      className={classes.form}
      aria-label={props.label}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !pending) props.onCancel();
      }}
      noValidate
    >
      {props.children}
      <div className={classes.consequence} role="status">
        {props.consequence}
      </div>
      {failure !== null && (
        <FailureNotice
          title={props.failureTitle}
          message={failure.message}
          deniedAction={failure.data?.deniedAction ?? null}
          streamArn={props.streamArn}
        />
      )}
      <div className={classes.buttons}>
        <Button
          type="submit"
          className={props.danger ? classes.danger : classes.primary}
          disabled={pending || props.blocked !== null}
          title={props.blocked ?? undefined}
        >
          {pending ? (props.pendingLabel ?? 'Asking AWS…') : props.submitLabel}
        </Button>
        <Button onClick={props.onCancel} disabled={pending}>
          {props.cancelLabel ?? 'Cancel'}
        </Button>
        {props.blocked !== null && <span className={classes.blocked}>{props.blocked}</span>}
      </div>
    </form>
  );
}
