import { readConnectionState } from '#server/db/read/connection-states.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

/**
 * Both the collector's word and this process's own configuration must allow changes: where somebody has just made the
 * connection read-only, the collector may not have said so yet.
 * @throws ServiceError `not-found` or `read-only` where nothing may be changed on the connection
 */
export async function requireWritable(args: {
  ctx: Pick<ServiceContext, 'database' | 'aws'>;
  input: { readonly connection: string };
}): Promise<void> {
  const { ctx, input } = args;
  const { connection } = input;
  const state = await readConnectionState(ctx.database, connection);
  if (state === null) {
    throw new ServiceError(
      'not-found',
      `There is no connection "${connection}". The Streams page lists those that are read.`,
    );
  }
  if (state.readOnly === 'yes' || ctx.aws.get(connection).connection.readOnly) {
    throw new ServiceError(
      'read-only',
      `Nothing was changed: the connection "${connection}" is read-only. Who runs Kinetoscope can allow changes with \`readOnly: false\` in kinetoscope.config.yaml.`,
    );
  }
}
