/** Input of the query protocol: all of it is text. */
export type QueryValue = string | QueryValue[] | { [member: string]: QueryValue };

/** What belongs to the protocol, not to the operation. */
const ENVELOPE = new Set(['Action', 'Version']);

/**
 * Reads dotted names as a tree: `Dimensions.member.1.Name=a` is `{ Dimensions: [{ Name: 'a' }] }`.
 * Lists go by their numbers' order; gaps in them close.
 */
export function parseQuery(form: URLSearchParams): QueryValue {
  const root: Branch = new Map();
  for (const [name, value] of form) {
    if (!ENVELOPE.has(name)) {
      put(root, name.split('.'), value);
    }
  }
  return grown(root);
}

type Branch = Map<string, Branch | string>;

function put(branch: Branch, [first = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    branch.set(first, value);
    return;
  }
  let next = branch.get(first);
  if (next === undefined || typeof next === 'string') {
    next = new Map();
    branch.set(first, next);
  }
  put(next, rest, value);
}

function grown(node: Branch | string): QueryValue {
  if (typeof node === 'string') {
    return node;
  }
  const items = node.get('member');
  if (node.size === 1 && items instanceof Map) {
    return [...items].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => grown(item));
  }
  return Object.fromEntries([...node].map(([name, child]) => [name, grown(child)]));
}
