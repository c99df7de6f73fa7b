'use client';

import { useLinkStatus } from 'next/link';
import classes from './link-pending.module.css';

/** Inside a link: that its page is on its way, once that takes so long that one wonders. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending ? <span className={classes.line} aria-hidden="true" /> : null;
}
