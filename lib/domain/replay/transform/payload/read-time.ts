import type { TimeForm } from './envelope-map.ts';

/** With a zone: a time without one would have to be guessed. */
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)$/;
const EPOCH_MS = /^\d{1,15}$/;
const EPOCH_SECONDS = /^\d{1,12}(?:\.\d{1,15})?(?:E\d)?$/;

/** Epoch milliseconds of a time as it is written in an envelope, whole; null where it is not of the form. */
export function readTime(text: string, form: TimeForm): number | null {
  const ms = parse(text, form);
  return Number.isSafeInteger(ms) ? ms : null;
}

function parse(text: string, form: TimeForm): number {
  switch (form) {
    case 'iso':
      return ISO.test(text) ? Math.floor(Date.parse(text)) : Number.NaN;
    case 'epoch-ms':
      return EPOCH_MS.test(text) ? Number(text) : Number.NaN;
    case 'epoch-seconds':
      // Java's libraries write seconds with an exponent: 1.731198236123E9.
      return EPOCH_SECONDS.test(text) ? Math.round(Number(text) * 1_000) : Number.NaN;
  }
}
