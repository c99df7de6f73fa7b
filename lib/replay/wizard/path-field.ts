import { type JsonPath, parseJsonPath } from '#lib/domain/replay/transform/payload/json-path.ts';

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A path as a person writes it: what `parseJsonPath` reads.
 * @example pathText(['user', 'tags', 0, 'odd name']) // 'user.tags[0]."odd name"'
 */
export function pathText(path: JsonPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const name = PLAIN_NAME.test(step) ? step : JSON.stringify(step);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** Why a text is no path; null: it is one, or empty. */
export function pathFault(text: string): string | null {
  return text === '' || parseJsonPath(text) !== null
    ? null
    : 'Takes names with dots between them, as user.id or items[0]."odd name".';
}
