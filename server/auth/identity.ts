import type { Role } from './role.ts';

/** Who asks. `name` is what the audit says. */
export type Identity = { readonly name: string; readonly role: Role };

/**
 * Until sign-in exists there is one person: who sits at this machine. That only this machine reaches us is
 * checked for each connection (server/web/refuse-remote-clients.ts) and each request (request-guard.ts).
 */
export const LOCAL_OPERATOR: Identity = { name: 'local operator', role: 'operator' };
