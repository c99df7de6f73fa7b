import type { KeyTemplate } from '#lib/domain/replay/transform/key/key-template.ts';

const HOLES = { key: '{key}', any: '{*}' } as const;

/** A template as a person writes it: what `parseKeyTemplate` reads. */
export function templateText({ segments, isOpen }: KeyTemplate): string {
  const parts = segments.map(
    ({ before, after, hole }) => `${before}${hole === null ? '' : HOLES[hole]}${after}`,
  );
  return [...parts, ...(isOpen ? ['{**}'] : [])].join('/');
}
