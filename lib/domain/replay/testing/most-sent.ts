/** For tests: a record that was sent. `lane`: the place of its shard. */
export type Sent = { readonly atMs: number; readonly lane: number; readonly bytes: number };

/** The most of any stretch of so many milliseconds. @param sent in order of time */
export function most(sent: readonly Sent[], windowMs: number, of: (one: Sent) => number): number {
  let inWindow = 0;
  let highest = 0;
  let first = 0;
  for (const one of sent) {
    inWindow += of(one);
    for (;;) {
      const oldest = sent[first];
      if (oldest === undefined || oldest.atMs > one.atMs - windowMs) break;
      inWindow -= of(oldest);
      first += 1;
    }
    highest = Math.max(highest, inWindow);
  }
  return highest;
}
