'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import classes from './setting.module.css';

/** A setting: what it is now, and its form below where somebody changes it. */
export function Setting(props: {
  readonly title: string;
  readonly value: ReactNode;
  /** What it means, in a sentence. */
  readonly hint: ReactNode;
  /** Why it cannot be changed at present; null: it can. */
  readonly locked: string | null;
  /** Left out where nothing is changed here. */
  readonly form?: (close: () => void) => ReactNode;
  /** What stands in the place of "Change" where the way to a change is another one than a form below. */
  readonly action?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const titleId = useId();
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);

  useEffect(() => {
    if (open) {
      const field = box.current?.querySelector<HTMLElement>('[data-autofocus], input, select');
      field?.focus();
    } else if (wasOpen.current) {
      opener.current?.focus();
    }
    wasOpen.current = open;
  }, [open]);

  return (
    <section className={classes.setting} aria-labelledby={titleId}>
      <h3 id={titleId} className={classes.title}>
        {props.title}
      </h3>
      <div className={classes.value}>{props.value}</div>
      <div className={classes.hint}>{props.hint}</div>
      {props.action !== undefined && <div className={classes.open}>{props.action}</div>}
      {props.form !== undefined && !open && (
        <Button
          ref={opener}
          className={classes.open}
          disabled={props.locked !== null}
          title={props.locked ?? undefined}
          aria-describedby={titleId}
          onClick={() => setOpen(true)}
        >
          Change
        </Button>
      )}
      {open && (
        <div ref={box} className={classes.form}>
          {props.form?.(() => setOpen(false))}
        </div>
      )}
    </section>
  );
}
