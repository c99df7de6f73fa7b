import type { StreamsSnapshot } from '#lib/live/streams-snapshot.ts';
import { apiCaller } from '#server/web/caller.ts';
import { webServices } from '#server/web/context.ts';

/**
 * What the first HTML shows. Where the store does not answer, an empty snapshot: the page comes all the same,
 * its live subscription tells what is wrong, and fills the page as soon as the store answers.
 */
export async function readFirstSnapshot(): Promise<StreamsSnapshot> {
  try {
    return await apiCaller().streams.snapshot();
  } catch (error) {
    webServices().log.warn({ err: error }, 'the first snapshot of a page could not be read');
    return { serverTimeMs: Date.now(), revision: null, connections: [], rows: [] };
  }
}
