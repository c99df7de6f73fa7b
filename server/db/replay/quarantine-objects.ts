import type { ListedObject } from '#lib/domain/replay/plan/manifest.ts';
import type { Database } from '#server/db/client.ts';
import { envelopeLine } from './quarantine-line.ts';
import { readQuarantinePart, readQuarantineRows } from './read-quarantine.ts';

/** Rows that make one object: each may be as large as a record. */
const ROWS_PER_OBJECT = 200;
const UTF8 = new TextEncoder();

/**
 * The quarantine of a run that is over, as an archive: objects of some rows each, in the envelope format. Records that
 * were decoded, and of which all bytes were kept, are in it: of anything else nobody knows what to send. The same objects each
 * time, since rows never change.
 * @param startAfter the key of an object; null: from the beginning
 */
export async function* listQuarantineObjects(
  database: Pick<Database, 'db'>,
  runId: number,
  startAfter: string | null,
): AsyncGenerator<readonly ListedObject[], void> {
  for (let after = startAfter === null ? 0 : idsOf(startAfter).lastId; ; ) {
    const part = await readQuarantinePart(database, runId, after, ROWS_PER_OBJECT);
    if (part === null) return;
    after = part.lastId;
    const key = keyOf(part.firstId, part.lastId);
    let bytes = 0;
    for await (const line of readQuarantineObject(database, runId, key)) bytes += line.length;
    yield [
      {
        key,
        versionId: null,
        etag: `quarantine-of-replay-${runId}`,
        bytes,
        storageClass: 'STANDARD',
        times: null,
      },
    ];
  }
}

/** The bytes of such an object, a line at a time. @throws RangeError for a key that is none of these */
export async function* readQuarantineObject(
  database: Pick<Database, 'db'>,
  runId: number,
  key: string,
): AsyncGenerator<Uint8Array, void> {
  for await (const row of readQuarantineRows(database, runId, idsOf(key))) {
    yield UTF8.encode(envelopeLine(row));
  }
}

/** Digits enough for keys to be in the order of their ids. */
const DIGITS = 16;

function keyOf(firstId: number, lastId: number): string {
  const padded = (id: number) => String(id).padStart(DIGITS, '0');
  return `${padded(firstId)}-${padded(lastId)}.jsonl`;
}

function idsOf(key: string): { readonly firstId: number; readonly lastId: number } {
  const [, first, last] = /^(\d+)-(\d+)\.jsonl$/.exec(key) ?? [];
  if (first === undefined || last === undefined) {
    throw new RangeError(`No object of a quarantine has the key ${key}`);
  }
  return { firstId: Number(first), lastId: Number(last) };
}
