import type { ArchiveStore, FolderPage } from '#server/aws/archive-store.ts';

/** How far a look at an archive may go: a person waits for it, and each call of S3 costs. */
export type CallBudget = {
  /** The same store, on which calls are counted. */
  readonly store: ArchiveStore;
  readonly calls: number;
  readonly keys: number;
  /** No more should be called for: too many calls, or too much time. */
  readonly isSpent: boolean;
};

/** @param limits calls that are begun when they are used up are still made, so that an answer is never broken off */
export function callBudget(
  store: ArchiveStore,
  limits: { readonly callsMax: number; readonly msMax: number },
  nowMs: () => number = () => performance.now(),
): CallBudget {
  const endsAtMs = nowMs() + limits.msMax;
  let calls = 0;
  let keys = 0;
  const counted = <P extends { readonly objects: FolderPage['objects'] }>(page: P) => {
    keys += page.objects.length;
    return page;
  };
  return {
    store: {
      ...store,
      list: async (...args) => {
        calls += 1;
        return counted(await store.list(...args));
      },
      listFolders: async (...args) => {
        calls += 1;
        return counted(await store.listFolders(...args));
      },
    },
    get calls() {
      return calls;
    },
    get keys() {
      return keys;
    },
    get isSpent() {
      return calls >= limits.callsMax || nowMs() >= endsAtMs;
    },
  };
}
