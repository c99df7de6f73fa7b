import { join } from 'node:path';
import { closeIdleConnections } from './close-idle-connections.ts';
import { webServices } from './context.ts';
import { refuseRemoteClients } from './refuse-remote-clients.ts';
import { serveBuiltFiles } from './serve-built-files.ts';
import { beginShutdown, shutdownSignal } from './shutdown.ts';
import { readWebEnvironment } from './web-environment.ts';

/** Checks the environment, opens what is one a process, and sees to its end. Called once by instrumentation.ts. */
export function startWebProcess(): void {
  const { log } = webServices();
  refuseRemoteClients(log);
  closeIdleConnections(shutdownSignal());
  serveBuiltFiles(join(process.cwd(), '.next', 'static'), readWebEnvironment(process.env));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Next ends the process itself once no answer is under way: event streams would be for ever.
    process.once(signal, beginShutdown);
  }
}
