/**
 * Why a service refuses. `not-found`: there is no such thing (any more). `conflict`: the world is not as the
 * caller saw it. `invalid`: the input makes no sense here. `read-only`: the connection forbids changes.
 * `unavailable`: our own store does not answer.
 */
export type ServiceErrorKind = 'not-found' | 'conflict' | 'invalid' | 'read-only' | 'unavailable';

/** An outcome that a person can act on: the message says what happened, what it means, what to do. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly kind: ServiceErrorKind;

  constructor(kind: ServiceErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
