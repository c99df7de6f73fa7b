import type { QueryValue } from '#server/local-aws/protocol/query-tree.ts';
import { WireTime } from '#server/local-aws/wire/wire-value.ts';

const NUMBERS = new Set([
  'Period',
  'MaxDatapoints',
  'StorageResolution',
  'SampleCount',
  'Sum',
  'Minimum',
  'Maximum',
  'Value',
  'Values',
  'Counts',
]);
const BOOLEANS = new Set(['ReturnData', 'StrictEntityValidation', 'IncludeLinkedAccounts']);
const TIMES = new Set(['StartTime', 'EndTime', 'Timestamp']);
/** In here a `Value` is a text. */
const DIMENSIONS = 'Dimensions';

/**
 * Gives the texts of CloudWatch's query protocol their types, by the names of the members that they are in. A text
 * that is not of its type stays as it is, for the request's schema to refuse.
 */
export function typedQueryInput(input: QueryValue, member = ''): unknown {
  if (typeof input === 'string') {
    return typed(input, member);
  }
  if (Array.isArray(input)) {
    return input.map((item) => typedQueryInput(item, member));
  }
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      typedQueryInput(value, member === DIMENSIONS ? DIMENSIONS : name),
    ]),
  );
}

function typed(text: string, member: string): unknown {
  if (NUMBERS.has(member)) {
    const value = Number(text);
    return text === '' || Number.isNaN(value) ? text : value;
  }
  if (TIMES.has(member)) {
    const epochMs = Date.parse(text);
    return Number.isNaN(epochMs) ? text : new WireTime(epochMs);
  }
  if (BOOLEANS.has(member) && /^(?:true|false)$/.test(text)) {
    return text === 'true';
  }
  return text;
}
