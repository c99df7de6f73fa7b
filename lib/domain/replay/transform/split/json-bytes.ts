import { BYTE } from './bytes.ts';

/** A value within JSON text, as it is written: from `start` up to, not including, `end`. */
export type JsonSpan = { readonly start: number; readonly end: number };

/** What a byte means outside strings. */
export const TOKEN = 0;
export const SPACE = 1;
export const SEPARATOR = 2;
export const OPENING = 3;
export const CLOSING = 4;
const QUOTE = 5;

/** By byte. */
export const MEANING = new Uint8Array(256).fill(TOKEN);
for (const byte of [BYTE.space, BYTE.tab, BYTE.lf, BYTE.cr]) MEANING[byte] = SPACE;
for (const byte of [BYTE.comma, BYTE.colon]) MEANING[byte] = SEPARATOR;
for (const byte of [BYTE.brace, BYTE.bracket]) MEANING[byte] = OPENING;
for (const byte of [BYTE.braceEnd, BYTE.bracketEnd]) MEANING[byte] = CLOSING;
MEANING[BYTE.quote] = QUOTE;

/** What JSON takes for white space. */
export function isJsonSpace(byte: number): boolean {
  return MEANING[byte] === SPACE;
}

/** Whether a byte may be part of a number or literal: of what neither a quote nor a bracket begins. */
export function isJsonToken(byte: number): boolean {
  return MEANING[byte] === TOKEN;
}
