/**
 * What a person should read when initdb has failed.
 *
 * @param reason what it printed, with the error of the process
 */
export function initdbFailure(reason: string): string {
  const [, uid] = /could not look up effective user ID (\d+)/.exec(reason) ?? [];
  if (uid !== undefined) {
    return (
      `PostgreSQL refuses to be set up by a user without an account, and this machine has none for uid ${uid}.\n` +
      'Start Kinetoscope as a user that has one, or set DATABASE_URL to a PostgreSQL of your own.'
    );
  }
  return `The database could not be created.\n${reason.trim()}`;
}
