import type { StreamTagsView, TagsFailure } from '#lib/streams/stream-tags.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { readStreamTags } from '#server/db/tags/read-stream-tags.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

/** The tags of all present streams as the collectors last read them. */
export async function listStreamTags({
  ctx: { database },
}: {
  ctx: Pick<ServiceContext, 'database'>;
}): Promise<StreamTagsView> {
  const [serverTimeMs, stored] = await Promise.all([
    readServerTimeMs(database),
    readStreamTags(database),
  ]);
  return {
    serverTimeMs,
    known: stored.flatMap(({ streamId, tags, readAt }) =>
      tags === null || readAt === null ? [] : [{ streamId, tags, readAtMs: readAt.getTime() }],
    ),
    failures: failuresByCause(stored),
  };
}

/** One for all streams that it befalls: a missing permission befalls hundreds. */
function failuresByCause(
  stored: Awaited<ReturnType<typeof readStreamTags>>,
): readonly TagsFailure[] {
  const failing = stored.flatMap(({ streamId, failure }) =>
    failure === null ? [] : [{ streamId, failure }],
  );
  const byCause = Map.groupBy(failing, ({ failure }) =>
    JSON.stringify([failure.message, failure.deniedAction]),
  );
  return [...byCause.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const { message, deniedAction } = first.failure;
    return [
      {
        message,
        deniedAction: deniedAction ?? null,
        streamIds: alike.map(({ streamId }) => streamId),
      },
    ];
  });
}
