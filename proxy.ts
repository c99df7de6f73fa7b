import { type NextRequest, NextResponse } from 'next/server';
import { guardRequest } from '#server/web/guard-request.ts';
import { contentSecurityPolicy, SECURITY_HEADERS } from '#server/web/security-headers.ts';

/**
 * Runs before everything that is served, files included: refuses what may not be served, and gives each
 * answer its headers. Pages read the nonce from the request header `x-nonce`.
 */
export function proxy(request: NextRequest): Response {
  const refusal = guardRequest(request);
  if (refusal !== null) return refusal;

  const nonce = crypto.randomUUID();
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next takes the nonce for its own scripts out of this one.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  return response;
}
