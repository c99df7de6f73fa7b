import { sql } from 'drizzle-orm';
import type { StreamTags } from '#lib/domain/stream-settings.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import type { FailureColumn } from '#server/db/schema.ts';

/** What one reading of a stream's tags gave: them, or why not. */
export type TagsReading =
  | { readonly streamId: number; readonly tags: StreamTags }
  | { readonly streamId: number; readonly failure: FailureColumn };

/** Tags that were read just now; where that failed, those that were read before stay, with the cause. */
export async function writeStreamTags(
  tx: Transaction,
  readings: readonly TagsReading[],
): Promise<void> {
  if (readings.length === 0) return;
  await tx.execute(sql`
    insert into stream_tags as known (stream_id, tags, read_at, failure)
    select reading."streamId", reading.tags,
      case when reading.tags is not null then clock_timestamp() end, reading.failure
    from jsonb_to_recordset(${JSON.stringify(readings)}::jsonb)
      as reading("streamId" int, tags jsonb, failure jsonb)
    on conflict (stream_id) do update set
      tags = coalesce(excluded.tags, known.tags),
      read_at = coalesce(excluded.read_at, known.read_at),
      failure = excluded.failure`);
}
