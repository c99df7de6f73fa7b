import { type GuardRules, refuseRequest } from './request-guard.ts';
import { readWebEnvironment } from './web-environment.ts';

let rules: GuardRules | null = null;

/** @returns the answer that refuses `request`, or null where it may be served */
export function guardRequest(request: Request): Response | null {
  rules ??= readWebEnvironment(process.env);
  const { headers, method, url } = request;
  const refusal = refuseRequest(
    {
      method,
      path: new URL(url).pathname,
      host: headers.get('host'),
      origin: headers.get('origin'),
      fetchSite: headers.get('sec-fetch-site'),
      fetchMode: headers.get('sec-fetch-mode'),
    },
    rules,
  );
  return refusal === null
    ? null
    : new Response(refusal.message, {
        status: refusal.status,
        headers: {
          'content-type': 'text/plain; charset=utf-8',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        },
      });
}
