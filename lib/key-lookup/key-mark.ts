'use client';

import { createParser, useQueryState } from 'nuqs';
import { useCallback } from 'react';
import { type HashKey, hashKey, hashKeyToHex } from '#lib/domain/hash-key.ts';

/** The parameter that holds the hash key that is looked for. */
export const KEY_PARAMETER = 'hash';

/** A hash key in the URL, as its 32 hexadecimal digits. */
const parseAsHashKey = createParser<HashKey>({
  parse: (text) => (/^[\da-f]{32}$/i.test(text) ? hashKey(BigInt(`0x${text}`)) : null),
  serialize: hashKeyToHex,
  eq: (a, b) => a === b,
});

/**
 * The hash key that is looked for on a stream's page. Only the hash stands in the URL: partition keys are often names
 * of people or devices, and addresses end in logs.
 */
export function useKeyMark(): {
  readonly key: HashKey | null;
  readonly setKey: (key: HashKey | null) => void;
} {
  const [key, set] = useQueryState(KEY_PARAMETER, parseAsHashKey);
  const setKey = useCallback(
    (next: HashKey | null) => void set(next, { history: 'replace' }),
    [set],
  );
  return { key, setKey };
}
