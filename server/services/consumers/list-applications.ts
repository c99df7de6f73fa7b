import type { ApplicationLine } from '#lib/consumers/application-view.ts';
import { readApplications } from '#server/db/consumers/read-applications.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { applicationView } from './application-view.ts';
import { lagSpark } from './lag-spark.ts';

/** Consumers with how their lag went of late. @param of null: those of all streams of all connections */
export async function listApplications(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly streamId: number } | null;
}): Promise<readonly ApplicationLine[]> {
  const { database } = args.ctx;
  const [nowMs, stored] = await Promise.all([
    readServerTimeMs(database),
    readApplications(database, args.input),
  ]);
  return Promise.all(
    stored.map(async (each) => ({
      ...applicationView(each),
      spark: each.state === null ? null : await lagSpark(database, each.application.id, nowMs),
    })),
  );
}
