import { liveRouter } from './live-router.ts';
import { router } from './procedures.ts';
import { streamRouter } from './stream-router.ts';

export const appRouter = router({ streams: streamRouter, live: liveRouter });

export type AppRouter = typeof appRouter;
