/** A case cannot be tried on this endpoint, e.g. because it has no moment in which a stream is CREATING. */
export class NotApplicableError extends Error {
  override readonly name = 'NotApplicableError';
}
