/** An answer of the service which says no. */
export interface Refusal {
  readonly name: string;
  readonly message: string;
  /** HTTP's; undefined where the SDK could not tell. */
  readonly status: number | undefined;
}

/** A refusal, or undefined for an error which is no answer of the service: a closed connection, our own defect. */
export function asRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('$fault' in error)) return undefined;
  return { name: error.name, message: error.message, status: httpStatus(error) };
}

/** "ResourceNotFoundException (400): Stream x under account y not found." */
export function describeRefusal({ name, message, status }: Refusal): string {
  return `${name} (${status ?? 'no status'}): ${message}`;
}

function httpStatus(error: Error): number | undefined {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const status = 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}
