/**
 * Why a service refuses. `not-found`: there is no such thing (any more). `conflict`: the world is not as the
 * caller saw it. `invalid`: the input makes no sense here. `read-only`: the connection forbids changes.
 * `unavailable`: our own store does not answer, or AWS gave no answer by which one could tell what is so.
 */
export type ServiceErrorKind = 'not-found' | 'conflict' | 'invalid' | 'read-only' | 'unavailable';

/** An outcome that a person can act on: the message says what happened, what it means, what to do. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  /**
   * By name, not by prototype: Next bundles this class several times, and what one bundle throws is caught by
   * another.
   */
  static override [Symbol.hasInstance](value: unknown): value is ServiceError {
    return value instanceof Error && value.name === 'ServiceError';
  }

  readonly kind: ServiceErrorKind;

  constructor(kind: ServiceErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
