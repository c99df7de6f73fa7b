/**
 * Why a call to AWS failed, as far as it makes a difference to what we or a person do next.
 * `busy`: the stream is not ACTIVE. `no-endpoint`: the connection has none for this service.
 */
export type AwsFailureKind =
  | 'access-denied'
  | 'no-credentials'
  | 'expired-credentials'
  | 'unreachable'
  | 'timed-out'
  | 'throttled'
  | 'not-found'
  | 'busy'
  | 'limit-exceeded'
  | 'invalid-request'
  | 'expired-page'
  | 'encryption-key'
  | 'no-endpoint'
  | 'service-error';

const RETRYABLE: Readonly<Record<AwsFailureKind, boolean>> = {
  'access-denied': false,
  'no-credentials': false,
  'expired-credentials': false,
  unreachable: true,
  'timed-out': true,
  throttled: true,
  'not-found': false,
  busy: true,
  'limit-exceeded': false,
  'invalid-request': false,
  'expired-page': true,
  'encryption-key': false,
  'no-endpoint': false,
  'service-error': true,
};

/** A failed call to AWS. `message` is for a person: what happened, what it means, what to do. */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure';
  readonly kind: AwsFailureKind;
  /** The API that was called, e.g. `kinesis:ListShards`. */
  readonly action: string;

  constructor(kind: AwsFailureKind, action: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.action = action;
  }

  /** Whether the same call may succeed later without anybody doing anything. */
  get retryable(): boolean {
    return RETRYABLE[this.kind];
  }
}
