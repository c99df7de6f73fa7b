/**
 * Why a call to AWS failed, as far as it makes a difference to what we or a person do next.
 * `busy`: the stream is not ACTIVE. `no-endpoint`: the connection has none for this service. `changed`: what was asked for
 * on a condition is not as it was. `needs-restore`: an object lies in an archive tier.
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
  | 'changed'
  | 'needs-restore'
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
  changed: false,
  'needs-restore': false,
  'no-endpoint': false,
  'service-error': true,
};

const ANSWER_LOST: ReadonlySet<AwsFailureKind> = new Set([
  'timed-out',
  'unreachable',
  'service-error',
]);

/** A failed call to AWS. `message` is for a person: what happened, what it means, what to do. */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure';

  /**
   * By name, not by prototype: Next bundles this class several times, and what one bundle throws is caught by
   * another.
   */
  static override [Symbol.hasInstance](value: unknown): value is AwsFailure {
    return value instanceof Error && value.name === 'AwsFailure';
  }

  readonly kind: AwsFailureKind;
  /** The API that was called, e.g. `kinesis:ListShards`. */
  readonly action: string;

  /** The permission that is missing, as IAM writes it, e.g. `kinesis:ListShards` or `kms:Decrypt`; else null. */
  readonly deniedAction: string | null;

  constructor(
    kind: AwsFailureKind,
    action: string,
    message: string,
    options: ErrorOptions & { readonly deniedAction?: string } = {},
  ) {
    super(message, options);
    this.deniedAction = options.deniedAction ?? null;
    this.kind = kind;
    this.action = action;
  }

  /** Whether the same call may succeed later without anybody doing anything. */
  get retryable(): boolean {
    return RETRYABLE[this.kind];
  }

  /** Whether the call may have been carried out all the same: its answer never came, or came broken. */
  get answerLost(): boolean {
    return ANSWER_LOST.has(this.kind);
  }
}
