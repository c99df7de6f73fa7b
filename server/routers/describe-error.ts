import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { AwsFailure, type AwsFailureKind } from '#lib/domain/aws-failure.ts';
import type { Logger } from '#server/log.ts';
import { ServiceError, type ServiceErrorKind } from '#server/services/service-error.ts';

const CODE_OF: { readonly [K in ServiceErrorKind]: TRPCError['code'] } = {
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  invalid: 'BAD_REQUEST',
  'read-only': 'FORBIDDEN',
  unavailable: 'SERVICE_UNAVAILABLE',
};

const CODE_OF_AWS: { readonly [K in AwsFailureKind]: TRPCError['code'] } = {
  'access-denied': 'FORBIDDEN',
  'no-credentials': 'FORBIDDEN',
  'expired-credentials': 'FORBIDDEN',
  'encryption-key': 'PRECONDITION_FAILED',
  changed: 'CONFLICT',
  'needs-restore': 'PRECONDITION_FAILED',
  unreachable: 'BAD_GATEWAY',
  'timed-out': 'GATEWAY_TIMEOUT',
  throttled: 'TOO_MANY_REQUESTS',
  'not-found': 'NOT_FOUND',
  busy: 'CONFLICT',
  'limit-exceeded': 'PRECONDITION_FAILED',
  'invalid-request': 'BAD_REQUEST',
  'expired-page': 'CONFLICT',
  'no-endpoint': 'PRECONDITION_FAILED',
  'service-error': 'BAD_GATEWAY',
};

/** Of PostgreSQL (class 57: it is shutting down or starting; 08: connection) and of the socket under it. */
const DATABASE_AWAY =
  /ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|terminated|timeout|^08|^57P|not queryable/i;

/**
 * The error as the browser may know it. Errors meant for people keep their words; of others the browser
 * gets an id, and the log the rest.
 */
export function describeError(error: TRPCError, path: string | undefined, log: Logger): TRPCError {
  const { cause } = error;
  if (cause instanceof ServiceError) {
    return new TRPCError({ code: CODE_OF[cause.kind], message: cause.message, cause });
  }
  if (cause instanceof AwsFailure) {
    return new TRPCError({ code: CODE_OF_AWS[cause.kind], message: cause.message, cause });
  }
  // Refusals that the API itself makes: input that is not as its schema says, a role, an unknown path.
  if (error.code !== 'INTERNAL_SERVER_ERROR') return error;

  const id = randomUUID().slice(0, 8);
  log.error({ err: cause ?? error, path, errorId: id }, 'a procedure failed');
  if (isDatabaseAway(cause)) {
    return new TRPCError({
      code: 'SERVICE_UNAVAILABLE',
      message: `Kinetoscope's own database does not answer. It is tried again with each request; where it does not heal, look whether PostgreSQL runs. (error ${id})`,
    });
  }
  return new TRPCError({
    code: 'INTERNAL_SERVER_ERROR',
    message: `Something failed inside Kinetoscope. The log of the web process says more under error ${id}.`,
  });
}

function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    DATABASE_AWAY.test(code) || DATABASE_AWAY.test(error.message) || isDatabaseAway(error.cause)
  );
}
