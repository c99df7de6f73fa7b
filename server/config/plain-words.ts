import type { z } from 'zod';

/** Lists that a configuration has, each with what may be written. */
const LISTS: Readonly<Record<string, string>> = {
  connections: 'a list, e.g. [{ name: production, region: eu-central-1 }]; [] for none',
  include: 'a list of patterns, e.g. ["orders-*"]',
  exclude: 'a list of patterns, e.g. ["*-test"]',
};

const SECTIONS: Readonly<Record<string, string>> = {
  endpoints: 'a URL for each service, e.g. { kinesis: "http://127.0.0.1:4566" }',
  metrics: 'keys and values, e.g. { periodSeconds: 60 }',
  cadence: 'keys and values, e.g. { watchedSeconds: 60 }',
  consumers: 'keys and values, e.g. { discoverySeconds: 300 }',
};

/**
 * Words for a value of the wrong kind where the schema has none of its own: what to write, not what was
 * expected and received. For `error` of a parse.
 * @returns undefined where another kind of thing is wrong
 */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  const last = issue.path?.at(-1);
  const key = typeof last === 'string' ? last : '';
  switch (issue.expected) {
    case 'array':
      return `takes ${LISTS[key] ?? 'a list: [..., ...]'}`;
    case 'object':
      if (last === undefined) return 'takes keys and values, e.g. connections: [...]';
      // An entry of the list of connections.
      if (typeof last === 'number') return 'takes keys and values, at least "name" and "region"';
      return `takes ${SECTIONS[key] ?? 'keys and values, e.g. { key: value }'}, or is left out`;
    case 'string':
      return issue.input === null || issue.input === undefined
        ? 'takes a text, or is left out'
        : 'takes a text; put it in quotes';
    case 'number':
      return 'takes a number, without quotes';
    default:
      return undefined;
  }
}
