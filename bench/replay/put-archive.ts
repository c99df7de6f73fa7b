import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ArchiveFormat } from './archive-formats.ts';
import type { RecordMaker } from './made-record.ts';

export const BUCKET = 'bench-archive';

const BEGIN_MS = Date.UTC(2026, 10, 1);
/** Between two objects, as Firehose's buffer interval. */
const OBJECT_MS = 60_000;

/**
 * The name that Firehose would give to an object: they sort in the order of their numbers, one each minute.
 * @param prefix with its slash
 */
export function objectKey(prefix: string, number: number, suffix: string): string {
  const [date = '', time = ''] = new Date(BEGIN_MS + number * OBJECT_MS).toISOString().split('T');
  const folders = `${date.replaceAll('-', '/')}/${time.slice(0, 2)}`;
  const instant = `${date}-${time.slice(0, 8).replaceAll(':', '-')}`;
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return `${prefix}${folders}/bench-1-${instant}-${id}${suffix}`;
}

export async function createBucket(s3: S3Client): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
}

/**
 * Writes all records of a shape, in their order.
 * @returns the stored bytes
 */
export async function putArchive(
  s3: S3Client,
  { prefix, recordsAnObject }: { readonly prefix: string; readonly recordsAnObject: number },
  format: ArchiveFormat,
  maker: RecordMaker,
): Promise<number> {
  let storedBytes = 0;
  const { records } = maker.shape;
  for (let first = 0, number = 0; first < records; first += recordsAnObject, number += 1) {
    const some = [...maker.from(first, Math.min(records, first + recordsAnObject))];
    const body = format.write(some);
    storedBytes += body.length;
    await putObject(s3, objectKey(prefix, number, format.suffix), body);
  }
  return storedBytes;
}

export async function putObject(s3: S3Client, key: string, body: Uint8Array): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));
}
