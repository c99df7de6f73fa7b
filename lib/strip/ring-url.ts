import { createParser } from 'nuqs/server';
import { formatBound, parseBound } from './ring-window.ts';

const bound = createParser({ parse: parseBound, serialize: formatBound });

/** The part of the ring that is looked at, in the URL; see `windowBetween`. */
export const ringParsers = { ringFrom: bound, ringTo: bound };
