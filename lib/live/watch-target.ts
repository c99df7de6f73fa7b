/** A stream as a person names it: what the one subscription of a tab looks at closely. */
export type WatchTarget = { readonly connection: string; readonly streamName: string };

export function sameTarget(a: WatchTarget | null, b: WatchTarget | null): boolean {
  return a?.connection === b?.connection && a?.streamName === b?.streamName;
}
