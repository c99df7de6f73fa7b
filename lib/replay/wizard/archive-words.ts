import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import type { FoundArchive } from '#lib/replay/view/archive.ts';

/** One archive has one, whatever else is known of it. */
export function archiveId({ connection, bucket, prefix }: ArchiveSource): string {
  return JSON.stringify([connection, bucket, prefix]);
}

/** How it came to be known of, and of which stream it was made. */
export function foundByWords({ how, sourceStreamArn, isSourceSure }: FoundArchive): string {
  const found =
    how.kind === 'firehose'
      ? `Written by delivery stream ${how.deliveryStream}${how.status === 'ACTIVE' ? '' : ` (${how.status}: it writes no more)`}`
      : `Lies beside what delivery stream ${how.deliveryStream} writes`;
  const name = streamNameOfArn(sourceStreamArn);
  if (name === null) return `${found}; of which stream is not known.`;
  return isSourceSure
    ? `${found}, from stream ${name}.`
    : `${found}; by its name of stream ${name}.`;
}

/** What is told of how its objects are made; what nobody told is left out. */
export function archiveFacts(archive: FoundArchive): readonly string[] {
  const { bufferIntervalMs, bufferBytes, compressionTold, formatTold, errorPrefix, source } =
    archive;
  const buffer = [
    ...(bufferIntervalMs === null ? [] : [formatAge(bufferIntervalMs)]),
    ...(bufferBytes === null ? [] : [formatBytes(bufferBytes)]),
  ];
  return [
    ...(buffer.length === 0 ? [] : [`An object each ${buffer.join(' or ')}`]),
    ...(compressionTold === null ? [] : [`Compression: ${compressionTold}`]),
    ...(formatTold === null || formatTold === 'as sent'
      ? []
      : [`Converted to ${formatTold}: records are not what was sent`]),
    ...(errorPrefix === null ? [] : [`Failures go to ${errorPrefix}, an archive of its own`]),
    ...(source.timeZone === 'UTC' ? [] : [`Keys are written in ${source.timeZone}`]),
  ];
}

/** @example streamNameOfArn('arn:aws:kinesis:eu-west-1:000000000000:stream/tweets') // 'tweets' */
export function streamNameOfArn(arn: string | null): string | null {
  return arn === null ? null : (/:stream\/([^/]+)$/.exec(arn)?.[1] ?? null);
}
