import { isLoopbackName } from '#server/loopback-name.ts';

/** What the guard looks at, so that it can be decided without a server. Header values as they were sent. */
export type GuardedRequest = {
  readonly method: string;
  readonly path: string;
  readonly host: string | null;
  readonly origin: string | null;
  /** Sec-Fetch-Site: browsers send it to trustworthy places, loopback among them; programs do not. */
  readonly fetchSite: string | null;
  /** Sec-Fetch-Mode. */
  readonly fetchMode: string | null;
};

export type GuardRules = {
  /** The port that we listen on. */
  readonly port: number;
  /** Further Host headers under which we may be reached; lower case, with the port where it is not 80 or 443. */
  readonly allowedHosts: readonly string[];
};

export type Refusal = { readonly status: 400 | 403 | 421; readonly message: string };

/**
 * Whether a request may be served: asked by somebody who means us (Host), and not by another site behind the
 * back of the person at the browser (Origin, Sec-Fetch-Site). That a request comes over loopback proves
 * neither: any web page can send there, and by DNS rebinding even read the answer.
 *
 * An address that no page can read is refused here too, with words.
 *
 * @returns null where it may
 */
export function refuseRequest(request: GuardedRequest, rules: GuardRules): Refusal | null {
  const host = request.host?.toLowerCase() ?? '';
  if (!isOurHost(host, rules)) {
    return {
      status: 421,
      message: `Kinetoscope does not answer to the host "${printable(host)}". Open http://localhost:${rules.port}, or name this host in KINETOSCOPE_ALLOWED_HOSTS and start again.\n`,
    };
  }
  if (request.origin !== null && !isOriginOf(request.origin, host)) {
    return refusedSite(`the origin "${printable(request.origin)}"`);
  }
  // Past here Next would decode it, and answer 500 where it cannot.
  if (!isDecodable(request.path)) {
    return {
      status: 400,
      message:
        'This address cannot be read: a % in its path does not begin an escape in UTF-8. Write %25 for the character itself, or open the stream from the Streams page.\n',
    };
  }
  // A link from elsewhere, or a bookmark, may open a page; it may not call the API.
  if (isNavigation(request)) return null;
  // `none`: typed by the person. Absent: not a browser, or one too old to be fooled out of its Origin.
  if (request.fetchSite !== null && !['same-origin', 'none'].includes(request.fetchSite)) {
    return refusedSite('another site');
  }
  // Programs may read. What changes something says where it comes from.
  if (!isSafe(request.method) && request.origin === null && request.fetchSite === null) {
    return {
      status: 403,
      message:
        'Refused: a request that changes something needs an Origin header that equals the address of Kinetoscope.\n',
    };
  }
  return null;
}

function isOurHost(host: string, rules: GuardRules): boolean {
  if (rules.allowedHosts.includes(host)) return true;
  const parts = /^(\[[0-9a-f:]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(host);
  const name = parts?.[1];
  if (name === undefined || Number(parts?.[2] ?? 80) !== rules.port) return false;
  return isLoopbackName(name);
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

function isOriginOf(origin: string, host: string): boolean {
  const lower = origin.toLowerCase();
  return lower === `http://${host}` || lower === `https://${host}`;
}

function isNavigation({ method, path, fetchMode }: GuardedRequest): boolean {
  const isApi = path === '/api' || path.startsWith('/api/');
  return isSafe(method) && !isApi && (fetchMode === null || fetchMode === 'navigate');
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function refusedSite(who: string): Refusal {
  return {
    status: 403,
    message: `Refused: ${who} asked in the name of a person who uses Kinetoscope. Only its own pages may do that.\n`,
  };
}

/** A header comes from outside: no control characters, and not long. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
}
