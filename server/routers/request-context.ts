import type { Identity } from '#server/auth/identity.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

export type RequestContext = ServiceContext & {
  readonly identity: Identity;
  /** Aborts when the process is asked to end. */
  readonly shutdown: AbortSignal;
};
