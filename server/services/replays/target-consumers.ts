import { KIND_WORDS } from '#lib/consumers/kind-words.ts';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { literalPrefix } from '#lib/domain/replay/plan/archive-delivery.ts';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import type { TargetConsumer } from '#lib/replay/view/target.ts';
import type { Database } from '#server/db/client.ts';
import { readApplications } from '#server/db/consumers/read-applications.ts';
import { readCurrentStreamByName } from '#server/db/read/current-streams.ts';
import type { TargetConnection, TargetLook } from './look-at-target.ts';

/** Who will see what is written to a target. */
export type TargetConsumers = {
  readonly consumers: readonly TargetConsumer[];
  /** Whether one of them archives the target to where the records come from. */
  readonly isArchivedToSource: boolean;
  /** Why there may be more of them; null: all could be asked. */
  readonly gap: string | null;
};

/** Firehose allows few calls a second, and streams have one or two delivery streams. */
const DELIVERIES_DESCRIBED_MAX = 10;

/**
 * Those that collectors have found, and those that are registered for enhanced fan-out.
 * @param source null: none was chosen
 * @throws only what AWS did not say, or the signal's reason
 */
export async function readTargetConsumers(
  database: Database,
  { connection, aws }: TargetConnection,
  { settings }: Pick<TargetLook, 'settings'>,
  source: ArchiveSource | null,
  signal: AbortSignal,
): Promise<TargetConsumers> {
  const known = await readCurrentStreamByName(database, connection.name, settings.streamName);
  const streamId = known?.stream.arn === settings.streamArn ? known.stream.id : null;
  const stored = streamId === null ? [] : await readApplications(database, { streamId });
  const consumers = stored.map(
    ({ application }): TargetConsumer => ({
      name: application.name,
      kind: KIND_WORDS[application.kind],
      applicationId: application.id,
    }),
  );
  const gaps: string[] =
    streamId === null
      ? ['The stream has not been collected yet, so consumers with leases are not known.']
      : [];
  const ask = async <T>(question: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await question;
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      gaps.push(error.message);
      return otherwise;
    }
  };
  const names = new Set(consumers.map(({ name }) => name));
  const registered = await ask(aws.listConsumers(settings.streamArn, signal), []);
  for (const { consumerName, status } of registered) {
    if (status === 'DELETING' || names.has(consumerName)) continue;
    const kind = KIND_WORDS['enhanced-fan-out'];
    consumers.push({ name: consumerName, kind, applicationId: null });
  }
  const deliveries = stored.filter(({ application }) => application.kind === 'firehose');
  let isArchivedToSource = false;
  for (const { application } of source === null
    ? []
    : deliveries.slice(0, DELIVERIES_DESCRIBED_MAX)) {
    const written = await ask(aws.describeArchiveDeliveries(application.name, signal), []);
    isArchivedToSource ||= written.some(
      ({ bucket, prefixExpression }) =>
        source !== null && isSamePlace(source, bucket, literalPrefix(prefixExpression)),
    );
  }
  return { consumers, isArchivedToSource, gap: gaps.length === 0 ? null : gaps.join(' ') };
}

/** Whether objects of one can lie among those of the other. */
function isSamePlace(source: ArchiveSource, bucket: string, prefix: string): boolean {
  return (
    source.bucket === bucket &&
    (source.prefix.startsWith(prefix) || prefix.startsWith(source.prefix))
  );
}
