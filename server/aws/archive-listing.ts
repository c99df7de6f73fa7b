import type { _Object as GivenObject } from '@aws-sdk/client-s3';
import type { ListedObject } from '#lib/domain/replay/plan/manifest.ts';

/** An object of a listing, before anybody asks what its key says of time. */
export type ListedKey = Omit<ListedObject, 'times'> & { readonly lastModifiedMs: number | null };

/** Sorts behind everything in a folder: its UTF-8 is the highest there is. */
const HIGHEST = '\u{10FFFF}';

/**
 * `storageClass` is S3's own, with `_RESTORED` behind where a copy of what is archived can be read now. Keys come as
 * they are; `versionId` is null, as listings of current versions do not tell it.
 * @returns nothing where S3 named no object
 */
export function keyOf(given: GivenObject, encoding: string | undefined): readonly ListedKey[] {
  const { Key: key, ETag: etag = '', Size: bytes = 0, StorageClass: storageClass } = given;
  if (key === undefined) return [];
  const { RestoreStatus: restore } = given;
  const isRestored =
    restore?.IsRestoreInProgress === false && restore.RestoreExpiryDate !== undefined;
  return [
    {
      key: nameOf(key, encoding),
      versionId: null,
      etag: etag.replace(/^"|"$/g, ''),
      bytes,
      storageClass: `${storageClass ?? 'STANDARD'}${isRestored ? '_RESTORED' : ''}`,
      lastModifiedMs: given.LastModified?.getTime() ?? null,
    },
  ];
}

/** As it was before S3 encoded it, where S3 did. A space comes as `+`. */
export function nameOf(name: string, encoding: string | undefined): string {
  return encoding === 'url' ? decodeURIComponent(name.replaceAll('+', ' ')) : name;
}

/** Where the next page begins: behind all that this one holds. */
export function lastOf(objects: readonly ListedKey[], folders: readonly string[]): string | null {
  const ends = [objects.at(-1)?.key, folders.at(-1)?.concat(HIGHEST)];
  const [first, second] = ends.filter((end) => end !== undefined);
  if (first === undefined || second === undefined) return first ?? null;
  return Buffer.compare(Buffer.from(first), Buffer.from(second)) > 0 ? first : second;
}
