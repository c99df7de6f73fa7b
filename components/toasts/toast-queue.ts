/** Tells what came of something that a person asked for, where the place in which it was asked for no longer can. */
export type Toast = {
  readonly title: string;
  readonly message: string;
  /** It waits for a person, or was not done: it stays until it is dismissed. */
  readonly needsSomebody?: boolean;
  /** Where more of it stands. */
  readonly link?: { readonly href: string; readonly words: string };
};

const waiting: Toast[] = [];
const listeners = new Set<() => void>();
let any = false;

export function showToast(toast: Toast): void {
  waiting.push(toast);
  any = true;
  for (const listener of listeners) listener();
}

/** Whether there was ever one. */
export function hasToasts(): boolean {
  return any;
}

export function onToast(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Those that nobody has shown yet; they are not given out again. */
export function takeToasts(): readonly Toast[] {
  return waiting.splice(0);
}
