/** The heading of the tab: what a link brings to sight. */
export const RESHARD_TITLE_ID = 'reshard-title';

/** Brings the tab to the top of what is in sight, if it is open; whoever goes by the keyboard goes on from there. */
export function showReshard(): void {
  const title = document.getElementById(RESHARD_TITLE_ID);
  title?.scrollIntoView({ block: 'start' });
  title?.focus({ preventScroll: true });
}
