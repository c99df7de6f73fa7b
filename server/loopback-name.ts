/**
 * Whether a name out of a Host header is this machine's own. Browsers resolve *.localhost to loopback
 * themselves (RFC 6761), so nobody's DNS can rebind one of these.
 * @param name lower case, without the port; an IPv6 address in brackets
 */
export function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name === '127.0.0.1' ||
    name === '[::1]' ||
    /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+localhost$/.test(name)
  );
}
