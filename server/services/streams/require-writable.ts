import { readConnectionState } from '#server/db/read/connection-states.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

/** @throws ServiceError `not-found` or `read-only` where nothing may be changed on the connection */
export async function requireWritable(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly connection: string };
}): Promise<void> {
  const { connection } = args.input;
  const state = await readConnectionState(args.ctx.database, connection);
  if (state === null) {
    throw new ServiceError(
      'not-found',
      `There is no connection "${connection}". The Streams page lists those that are read.`,
    );
  }
  if (state.readOnly === 'yes') {
    throw new ServiceError(
      'read-only',
      `Nothing was changed: the connection "${connection}" is read-only. Who runs Kinetoscope can allow changes with \`readOnly: false\` in kinetoscope.config.yaml.`,
    );
  }
}
