import { adviceRouter } from './advice-router.ts';
import { archivesRouter } from './archives-router.ts';
import { autoscaleRouter } from './autoscale-router.ts';
import { consumersRouter } from './consumers-router.ts';
import { costsRouter } from './costs-router.ts';
import { jobsRouter } from './jobs-router.ts';
import { lineageRouter } from './lineage-router.ts';
import { liveRouter } from './live-router.ts';
import { pastRouter } from './past-router.ts';
import { router } from './procedures.ts';
import { replaysRouter } from './replays-router.ts';
import { reshardRouter } from './reshard-router.ts';
import { rewindsRouter } from './rewinds-router.ts';
import { shardMetricsRouter } from './shard-metrics-router.ts';
import { streamAdminRouter } from './stream-admin-router.ts';
import { streamRouter } from './stream-router.ts';

export const appRouter = router({
  advice: adviceRouter,
  archives: archivesRouter,
  autoscale: autoscaleRouter,
  consumers: consumersRouter,
  costs: costsRouter,
  jobs: jobsRouter,
  streams: streamRouter,
  replays: replaysRouter,
  reshard: reshardRouter,
  rewinds: rewindsRouter,
  shardMetrics: shardMetricsRouter,
  streamAdmin: streamAdminRouter,
  past: pastRouter,
  lineage: lineageRouter,
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
