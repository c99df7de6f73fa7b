import { textHash } from '#lib/domain/reshard/text-hash.ts';

/** Settings as they are stored. */
export type PlainData =
  | null
  | boolean
  | number
  | string
  | readonly PlainData[]
  | { readonly [name: string]: PlainData };

/** What must not change between the start of a replay and its end. */
export type FrozenPlan = {
  /** Of the settings and the manifest. The pace is no part of it: it may be changed while the replay runs. */
  readonly planHash: string;
  /** Another one may make other units of the same bytes. */
  readonly decoderVersion: string;
};

/** The same for the same settings, in whatever order they are written. */
export function planHash(settings: PlainData, manifestFingerprint: string): string {
  return textHash([manifestFingerprint, canonicalText(settings)]);
}

/** Why a replay may not go on where it stopped; null where it may. Reference, invariant 11. */
export function resumeFault(
  frozen: FrozenPlan,
  present: FrozenPlan,
): 'plan-changed' | 'decoder-changed' | null {
  if (frozen.planHash !== present.planHash) return 'plan-changed';
  return frozen.decoderVersion === present.decoderVersion ? null : 'decoder-changed';
}

/** One text for what is the same data, in whatever order its fields stand. */
export function canonicalText(data: PlainData): string {
  if (isList(data)) return `[${data.map(canonicalText).join()}]`;
  if (data === null || typeof data !== 'object') return JSON.stringify(data);
  const fields = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${canonicalText(value)}`).join()}}`;
}

function isList(data: PlainData): data is readonly PlainData[] {
  return Array.isArray(data);
}
