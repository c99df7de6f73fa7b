import type { ListedObject } from '#lib/domain/replay/plan/manifest.ts';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import { probeLayout, walkArchive } from '#server/aws/archive-walk.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import type { Database } from '#server/db/client.ts';
import {
  listQuarantineObjects,
  readQuarantineObject,
} from '#server/db/replay/quarantine-objects.ts';
import type { ReplayRunRow } from '#server/db/replay/run.ts';

/** What a plan needs of an archive: a port, so that tests list what no disk could hold. Throws AwsFailure. */
export type ArchiveAccess = {
  /** What may hold records of the window, in the order of keys, by pages. @param startAfter null: from the beginning */
  list(startAfter: string | null, signal: AbortSignal): AsyncIterable<readonly ListedObject[]>;
  /** The first `toByte` stored bytes of an object. */
  read(object: ListedObject, toByte: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
};

/** The archive of a run: in S3, or the quarantine of another run. */
export function archiveOf(
  {
    settings,
    quarantineOf,
  }: { readonly settings: ReplaySettings } & Pick<ReplayRunRow, 'quarantineOf'>,
  database: Pick<Database, 'db'>,
  aws: Pick<Aws, 'archives'>,
): ArchiveAccess {
  if (quarantineOf !== null) {
    return {
      list: (startAfter) => listQuarantineObjects(database, quarantineOf, startAfter),
      read: (object) => readQuarantineObject(database, quarantineOf, object.key),
    };
  }
  const { source, window } = settings;
  return {
    async *list(startAfter, signal) {
      const layout = await probeLayout(aws.archives, source, signal);
      const range = { window, startAfter, layout };
      for await (const { objects } of walkArchive(aws.archives, source, range, signal)) {
        yield objects;
      }
    },
    read: (object, toByte, signal) =>
      aws.archives.read({ ...object, bucket: source.bucket }, { toByte }, signal),
  };
}
