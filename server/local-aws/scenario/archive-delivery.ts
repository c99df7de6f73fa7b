import type { DeliveryStream } from '#server/local-aws/firehose/delivery-stream.ts';
import { archiveExtension, archivePrefix } from './archive-object.ts';
import { ARCHIVE_BUCKET } from './archive-uploader.ts';
import { ARCHIVE_HINTS } from './archiver.ts';

/**
 * The archiver's work as Firehose would describe it. Firehose names objects after the delivery stream, and the
 * archiver names them after the stream that it reads: so both have one name.
 */
export function archiveDelivery(
  streamName: string,
  sourceStreamArn: string,
  createdAtMs: number,
): DeliveryStream {
  return {
    name: streamName,
    createdAtMs,
    sourceStreamArn,
    bucket: ARCHIVE_BUCKET,
    prefix: archivePrefix('firehose', streamName),
    fileExtension: archiveExtension('firehose'),
    bufferBytesMax: ARCHIVE_HINTS.bytesMax,
    bufferAgeMaxMs: ARCHIVE_HINTS.ageMaxMs,
  };
}
