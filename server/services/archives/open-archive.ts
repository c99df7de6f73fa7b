import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { TimeZone } from '#lib/domain/replay/plan/time-zone.ts';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import { sourceFault } from '#lib/replay/source-fault.ts';
import type { ArchiveStore } from '#server/aws/archive-store.ts';
import { zoneOf } from '#server/aws/archive-walk.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

export type ArchiveContext = Pick<ServiceContext, 'aws'>;

export type OpenArchive = {
  readonly store: ArchiveStore;
  readonly source: ArchiveSource;
  readonly zone: TimeZone;
  /** AWS's clock, by which what is shown is so old. */
  nowMs(): number;
};

/** @throws ServiceError `not-found` for an unknown connection, `invalid` for what can be no archive */
export function openArchive(ctx: ArchiveContext, source: ArchiveSource): OpenArchive {
  const fault = sourceFault(source);
  if (fault !== null) throw new ServiceError('invalid', fault);
  const { aws } = ctx.aws.get(source.connection);
  return {
    store: aws.archives,
    source,
    zone: zoneOf(source),
    nowMs: () => Date.now() + aws.clockSkewMs(),
  };
}

/** What cannot be asked while the rest can, in words that say what to do. @throws whatever AWS did not say */
export function gapOf(error: unknown): {
  readonly words: string;
  readonly deniedAction: string | null;
} {
  if (!(error instanceof AwsFailure)) throw error;
  return { words: error.message, deniedAction: error.deniedAction };
}
