'use client';

import { type MouseEvent, useEffect, useState } from 'react';
import classes from './copy-text.module.css';

/** How long the mark of success stands, milliseconds. */
const TOLD_MS = 1_500;

type Outcome = 'none' | 'copied' | 'failed';

/**
 * A shortened text that copies whole. The sign that it does shows on hover and focus.
 * @param props.what names it for a person, as in "Copy the first hash key"
 * @param props.detail more on hover, under the whole text
 */
export function CopyText(props: {
  /** What stands on screen; none where the text stands beside the button already. */
  readonly short?: string;
  readonly whole: string;
  readonly what: string;
  readonly detail?: string;
}) {
  const [outcome, setOutcome] = useState<Outcome>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), TOLD_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  function copy(event: MouseEvent): void {
    // The row below selects its shard on a click.
    event.stopPropagation();
    copyToClipboard(props.whole).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  }

  const words = { none: `Copy ${props.what}`, copied: 'Copied', failed: 'The browser refused' };
  const detail = props.detail === undefined ? '' : `\n${props.detail}`;
  return (
    <button
      type="button"
      className={classes.copy}
      data-outcome={outcome}
      onClick={copy}
      title={`${props.whole}${detail}\n${words[outcome]}`}
      aria-label={[props.short, words[outcome]].filter((text) => text !== undefined).join('. ')}
    >
      {props.short}
    </button>
  );
}

/** @throws where the browser refuses, or the page is not a secure context. */
async function copyToClipboard(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
