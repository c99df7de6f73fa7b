import type { LinkView } from '#lib/live/link-view.ts';
import type { ConnectionState } from '#lib/live/stream-row.ts';

/**
 * Why no stream is shown. `loading`: nothing is known yet, and it is on its way. `unreadable`: no connection
 * gave anything, and at least one says why. `none`: all was read, and there is no stream.
 */
export type EmptyState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unreadable'; readonly failures: readonly EmptyCause[] }
  | { readonly kind: 'none' };

/** Why nothing came. `deniedAction`: the permission that is missing, as IAM writes it; null where none is. */
type EmptyCause = { readonly message: string; readonly deniedAction: string | null };

/** Called where there are no rows at all, searched or not. */
export function emptyState(
  connections: readonly ConnectionState[],
  link: Pick<LinkView, 'problem'>,
): EmptyState {
  const failures = [
    ...(link.problem === null ? [] : [{ message: link.problem, deniedAction: null }]),
    ...connections.flatMap(({ connection, collection }) =>
      collection.failure === null
        ? []
        : [
            {
              message: `${connection}: ${collection.failure.message}`,
              deniedAction: collection.failure.deniedAction ?? null,
            },
          ],
    ),
  ];
  if (failures.length > 0) return { kind: 'unreadable', failures };
  const read = connections.filter(({ collection }) => collection.collectedAtMs !== null);
  return read.length === 0 || read.length < connections.length
    ? { kind: 'loading' }
    : { kind: 'none' };
}
