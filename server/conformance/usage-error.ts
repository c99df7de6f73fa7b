/** The suite was called wrongly, or its endpoint is not there: exit code 2 and this text. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
