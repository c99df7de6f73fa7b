import { startWebProcess } from '#server/web/start-web-process.ts';

/** Called by Next once, when the web process starts. */
export function register(): void {
  startWebProcess();
}
