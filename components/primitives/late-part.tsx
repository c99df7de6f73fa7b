'use client';

import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import classes from './late-part.module.css';

type LatePartProps = {
  readonly children: ReactNode;
  /** It would lie over the page, not in it: a dialog, the palette. */
  readonly over?: boolean;
};

/**
 * Around what a page fetches when it is wanted. Where its script cannot be fetched, since the server is away or has been
 * renewed, this part says so, and the page around it stands; every other error goes on to the page's own boundary.
 */
export class LatePart extends Component<LatePartProps, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (!isNotFetched(error)) throw error;
    return (
      <p role="status" className={this.props.over === true ? classes.over : classes.within}>
        This part of the page could not be fetched: the server did not answer. Reload the page once
        it does. <Button onClick={() => location.reload()}>Reload</Button>
      </p>
    );
  }
}

/** By its name, which the bundler's runtime gives it: its class is nowhere to be had. */
function isNotFetched(error: unknown): boolean {
  return error instanceof Error && error.name === 'ChunkLoadError';
}
