/** Called by Next once, when the web process starts. */
export async function register(): Promise<void> {
  // Next builds this file for its other runtime as well, and leaves out there what this condition guards.
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { startWebProcess } = await import('#server/web/start-web-process.ts');
  startWebProcess();
}
