import { AwsFailure, type AwsFailureKind } from '#lib/domain/aws-failure.ts';

/** What was called and where, for the words of a failure. */
export type CallSite = {
  /** As IAM writes it, e.g. `kinesis:ListShards`. */
  readonly action: string;
  /** Host of the endpoint where it is overridden, else null: AWS's own. */
  readonly endpoint: string | null;
  readonly connection: string;
  /** Whether whoever calls comes again by itself, as the collector does; a person's demand is made once. */
  readonly repeats: boolean;
};

const KINDS_BY_NAME: Readonly<Record<string, AwsFailureKind>> = {
  AccessDenied: 'access-denied',
  AccessDeniedException: 'access-denied',
  NotAuthorized: 'access-denied',
  UnauthorizedOperation: 'access-denied',
  AllAccessDisabled: 'access-denied',
  CredentialsProviderError: 'no-credentials',
  TokenProviderError: 'no-credentials',
  MissingAuthenticationToken: 'no-credentials',
  MissingAuthenticationTokenException: 'no-credentials',
  UnrecognizedClientException: 'no-credentials',
  InvalidClientTokenId: 'no-credentials',
  InvalidSignatureException: 'no-credentials',
  SignatureDoesNotMatch: 'no-credentials',
  ExpiredToken: 'expired-credentials',
  ExpiredTokenException: 'expired-credentials',
  RequestExpired: 'expired-credentials',
  TimeoutError: 'timed-out',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  SlowDown: 'throttled',
  ProvisionedThroughputExceededException: 'throttled',
  ResourceNotFoundException: 'not-found',
  NoSuchBucket: 'not-found',
  NoSuchKey: 'not-found',
  NoSuchVersion: 'not-found',
  ResourceInUseException: 'busy',
  LimitExceededException: 'limit-exceeded',
  InvalidArgumentException: 'invalid-request',
  InvalidArgument: 'invalid-request',
  InvalidBucketName: 'invalid-request',
  InvalidRange: 'invalid-request',
  ValidationException: 'invalid-request',
  ValidationError: 'invalid-request',
  InvalidParameterValue: 'invalid-request',
  InvalidParameterValueException: 'invalid-request',
  InvalidParameterCombinationException: 'invalid-request',
  SerializationException: 'invalid-request',
  UnknownOperationException: 'invalid-request',
  ExpiredNextTokenException: 'expired-page',
  InvalidNextToken: 'expired-page',
  PreconditionFailed: 'changed',
  InvalidObjectState: 'needs-restore',
  KMSAccessDeniedException: 'encryption-key',
  KMSDisabledException: 'encryption-key',
  KMSInvalidStateException: 'encryption-key',
  KMSNotFoundException: 'encryption-key',
  KMSOptInRequired: 'encryption-key',
  KMSThrottlingException: 'throttled',
};

const UNREACHABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'EPROTO',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** APIs that answer LimitExceededException when they are called too often. */
const RATE_LIMITED_READS = /:(?:Describe|List)/;

/** The one place where the SDK's errors become ours. What is neither of AWS nor of the network is `service-error`. */
export function toAwsFailure(error: unknown, site: CallSite): AwsFailure {
  if (error instanceof AwsFailure) return error;
  const kind = kindOf(error, site);
  const denied = deniedActionIn(wordsOf(error));
  const deniedAction = kind === 'access-denied' ? (denied ?? site.action) : denied;
  return new AwsFailure(kind, site.action, wordsFor(kind, error, site), {
    cause: error,
    ...(deniedAction !== null && { deniedAction }),
  });
}

function kindOf(error: unknown, site: CallSite): AwsFailureKind {
  if (!(error instanceof Error)) return 'service-error';
  const code = codeOf(error);
  if (code !== null && UNREACHABLE_CODES.has(code)) return 'unreachable';
  if (code === 'ETIMEDOUT') return 'timed-out';
  const kind = KINDS_BY_NAME[error.name];
  if (kind === 'limit-exceeded' && RATE_LIMITED_READS.test(site.action)) return 'throttled';
  return kind ?? 'service-error';
}

function wordsFor(kind: AwsFailureKind, error: unknown, site: CallSite): string {
  const { action, connection } = site;
  const at = site.endpoint ?? 'AWS';
  const told = wordsOf(error);
  const next = site.repeats ? 'It is tried again by itself' : 'Try again in a moment';
  switch (kind) {
    case 'access-denied':
      return deniedWords(deniedActionIn(told) ?? action, site);
    case 'no-credentials':
      return `Connection "${connection}" has no credentials that ${at} accepts, so ${action} failed. Sign in (e.g. "aws sso login"), or check its profile, role and AWS_* variables.`;
    case 'expired-credentials':
      return `The credentials of connection "${connection}" have expired, so ${action} failed. Sign in again, e.g. "aws sso login".`;
    case 'unreachable':
      return `${at} cannot be reached (${codeOf(error) ?? 'no connection'}), so ${action} failed. Check the network and the endpoint${site.repeats ? '; it is tried again by itself' : ''}.`;
    case 'timed-out':
      return `${at} did not answer ${action} in time. ${next}.`;
    case 'throttled':
      return `${at} refused ${action} because the account called it too often. ${next}${site.repeats ? ', more slowly' : ''}.`;
    case 'not-found':
      return `${action} found nothing: ${told || 'no reason given'}.`;
    case 'busy':
      return `${action} has to wait: the stream is being changed by another operation${told && ` (${told})`}.`;
    case 'limit-exceeded':
      return `${action} would go beyond a quota of the account: ${told || 'no reason given'}.`;
    case 'invalid-request':
      return `${at} refused ${action} as invalid: ${told || 'no reason given'}.`;
    case 'expired-page':
      return `A long answer to ${action} changed while it was read. It is read again from its beginning.`;
    case 'encryption-key':
      return `${action} failed at the stream's encryption key (${error instanceof Error ? error.name : 'KMS'}). Check that the key is enabled and that the role may use it.`;
    case 'changed':
      return `${action} was refused since what it asks for is not as it was: ${told || 'no reason given'}. Somebody changed or replaced it meanwhile.`;
    case 'needs-restore':
      return `${action} was refused since the object lies in an archive tier of S3. Restore it first (RestoreObject), which takes minutes to days.`;
    case 'no-endpoint':
      return `${told}.`;
    case 'service-error':
      return `${at} failed at ${action}: ${told || 'no reason given'}. ${next}.`;
  }
}

/** Some end their words with a full stop, some do not: ours bring their own. */
function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\.+$/, '');
}

/** AWS names the action that it denies: it is another one where a role is assumed first, or a key is used. */
function deniedActionIn(told: string): string | null {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(told)?.[1] ?? null;
}

function deniedWords(denied: string, { action, connection }: CallSite): string {
  const what =
    denied === action
      ? `may not call ${action}`
      : `may not call ${denied}, which ${action} needs first`;
  return `The credentials of connection "${connection}" ${what}. Allow ${denied} in the policy of its user or role.`;
}

/** The system's code of an error of the network; it may stand in the cause, or in the first of several tries. */
function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : null;
}
