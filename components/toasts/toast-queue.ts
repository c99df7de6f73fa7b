/** Tells that something that a person asked for was done. What failed at once is told where it was asked for instead. */
export type Toast = {
  readonly title: string;
  readonly message: string;
  /** It was asked for long ago, and now waits for a person: it stays until it is dismissed. */
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
