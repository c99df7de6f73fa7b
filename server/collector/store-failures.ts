import { setConnectionFailure } from '#server/db/connection-state.ts';
import { setStreamFailure } from '#server/db/mark-collected.ts';
import { notifyMany } from '#server/db/notify-many.ts';
import { type Collection, connectionFailure } from './collection.ts';
import { sameFailure } from './failure.ts';
import { currentFailure, type TrackedStream } from './tracked-stream.ts';

/** Writes the streams' failures where the store says otherwise: at their beginning, change and end. */
export async function storeStreamFailures(
  collection: Collection,
  streams: readonly TrackedStream[],
): Promise<void> {
  const changed = streams.filter((s) => !sameFailure(currentFailure(s), s.storedFailure));
  if (changed.length === 0) return;
  const byWords = Map.groupBy(changed, (stream) => {
    const failure = currentFailure(stream);
    return failure === null ? '' : `${failure.sinceMs} ${failure.message}`;
  });
  await collection.write(async (tx) => {
    for (const alike of byWords.values()) {
      const failure = alike[0] === undefined ? null : currentFailure(alike[0]);
      const ids = alike.map((stream) => stream.streamId);
      await setStreamFailure(tx, ids, failure);
    }
    await notifyMany(
      tx,
      changed.map(({ streamId }) => ({ kind: 'stream', streamId })),
    );
  });
  for (const alike of byWords.values()) {
    // One line for all of them: a failure of AWS befalls hundreds of streams at once.
    const [first] = alike;
    if (first === undefined) continue;
    logChange(collection, first.storedFailure?.message, currentFailure(first)?.message, {
      stream: first.summary.streamName,
      streams: alike.length,
    });
    for (const stream of alike) stream.storedFailure = currentFailure(stream);
  }
}

/** The same for the connection as a whole. */
export async function storeConnectionFailure(collection: Collection): Promise<void> {
  const failure = connectionFailure(collection);
  if (sameFailure(failure, collection.storedFailure)) return;
  await collection.write((tx) => setConnectionFailure(tx, collection.connection.name, failure));
  noteConnectionFailureStored(collection);
}

/** The store says now what is so. */
export function noteConnectionFailureStored(collection: Collection): void {
  const failure = connectionFailure(collection);
  logChange(collection, collection.storedFailure?.message, failure?.message, {});
  collection.storedFailure = failure;
}

/** One line where something began or ceased to fail; none for each try. */
function logChange(
  { log, connection }: Collection,
  before: string | undefined,
  after: string | undefined,
  context: { readonly stream?: string; readonly streams?: number },
): void {
  if (before === after) return;
  const what = [connection.name, context.stream].filter((name) => name !== undefined).join('/');
  const more = context.streams === undefined ? 0 : context.streams - 1;
  const which = more === 0 ? what : `${what} and ${more} more`;
  if (after === undefined) log.info(context, `reading of ${which} works again`);
  else log.warn({ ...context, cause: after }, `reading of ${which} fails`);
}
