import type { HashKey } from '#lib/domain/hash-key.ts';

/** More were typed by no hand. */
const KEPT_MAX = 1_000;

const typed = new Map<HashKey, string>();

/** Remembers, in this tab only, which partition key a hash came from: the URL holds the hash alone. */
export function rememberKey(hash: HashKey, text: string): void {
  typed.delete(hash);
  typed.set(hash, text);
  for (const oldest of typed.keys()) {
    if (typed.size <= KEPT_MAX) break;
    typed.delete(oldest);
  }
}

/** The partition key that was typed in this tab; null where the hash came by the URL. */
export function typedKeyOf(hash: HashKey): string | null {
  return typed.get(hash) ?? null;
}
