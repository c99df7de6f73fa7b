import type { ApplicationView } from '#lib/consumers/application-view.ts';
import { sourceFacts } from '#lib/consumers/source-facts.ts';
import type { StoredApplication } from '#server/db/consumers/read-applications.ts';

export function applicationView(stored: StoredApplication): ApplicationView {
  const { application, stream, state } = stored;
  return {
    applicationId: application.id,
    connection: application.connection,
    streamId: application.streamId,
    streamName: stream.name,
    streamArn: stream.arn,
    retentionHours: stream.retentionHours,
    kind: application.kind,
    name: application.name,
    source: sourceFacts(application.source),
    usedBy: application.source.kind === 'enhanced-fan-out' ? application.source.usedBy : null,
    fanOutArn:
      application.source.kind === 'enhanced-fan-out' ? application.source.consumerArn : null,
    discoveredAtMs: application.discoveredAt.getTime(),
    collection: {
      collectedAtMs: application.readAt?.getTime() ?? null,
      cadenceSeconds: application.cadenceSeconds,
      failure: application.failure,
    },
    goneAtMs: application.goneAt?.getTime() ?? null,
    observedAtMs: state?.observedAt.getTime() ?? null,
    summary: state?.summary ?? null,
    throughput: state?.summary.throughput ?? null,
  };
}
