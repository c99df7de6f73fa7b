import type { SchemaElement } from 'hyparquet';
import {
  writtenBytes,
  writtenDouble,
} from '#lib/domain/replay/transform/container/written-json.ts';
import {
  dateText,
  decimalText,
  type SecondDigits,
  signedOf,
  timestampText,
  timeText,
  uuidText,
} from './logical-text.ts';
import { ParquetFault } from './parquet-fault.ts';

/** One value of a column as JSON. @throws ParquetFault where it is not of the column's type */
export type ValueWriter = (value: unknown) => string;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const DIGITS: Readonly<Record<'MILLIS' | 'MICROS' | 'NANOS', SecondDigits>> = {
  MILLIS: 3,
  MICROS: 6,
  NANOS: 9,
};
const DECIMAL_SCALE_MAX = 1_000;

/**
 * How values of a leaf are written, by its physical and its logical type (Parquet format, "Logical types"): integers and
 * decimals to the digit, times in ISO 8601 with all digits that they have, text as text, and bytes that nothing says
 * more of in base64. Values are expected as they are stored, none of them converted.
 */
export function leafWriter(element: SchemaElement): ValueWriter {
  switch (element.type) {
    case 'BOOLEAN':
      return (value) => (typeof value === 'boolean' ? String(value) : fail());
    case 'FLOAT':
    case 'DOUBLE':
      return (value) => (typeof value === 'number' ? writtenDouble(value) : fail());
    case 'INT96':
      // Old writers have their timestamps so, in UTC; the reader has made nanoseconds of it.
      return (value) => timestampText(wholeOf(value), 9, true);
    case 'INT32':
    case 'INT64':
      return wholeWriter(element);
    case 'BYTE_ARRAY':
    case 'FIXED_LEN_BYTE_ARRAY':
      return bytesWriter(element);
    default:
      throw new ParquetFault('container-unsupported');
  }
}

function wholeWriter(element: SchemaElement): ValueWriter {
  const { converted_type: converted, logical_type: logical } = element;
  if (isDecimal(element)) {
    const scale = scaleOf(element);
    return (value) => decimalText(wholeOf(value), scale);
  }
  if (converted === 'DATE' || logical?.type === 'DATE') {
    return (value) => dateText(Number(wholeOf(value)));
  }
  if (logical?.type === 'TIMESTAMP') {
    const { unit, isAdjustedToUTC } = logical;
    return (value) => timestampText(wholeOf(value), DIGITS[unit], isAdjustedToUTC);
  }
  if (logical?.type === 'TIME') return (value) => timeText(wholeOf(value), DIGITS[logical.unit]);
  if (converted === 'TIMESTAMP_MILLIS') return (value) => timestampText(wholeOf(value), 3, true);
  if (converted === 'TIMESTAMP_MICROS') return (value) => timestampText(wholeOf(value), 6, true);
  if (converted === 'TIME_MILLIS') return (value) => timeText(wholeOf(value), 3);
  if (converted === 'TIME_MICROS') return (value) => timeText(wholeOf(value), 6);
  const isUnsigned =
    converted?.startsWith('UINT') === true || (logical?.type === 'INTEGER' && !logical.isSigned);
  const bits = element.type === 'INT32' ? 32 : 64;
  return (value) => (isUnsigned ? BigInt.asUintN(bits, wholeOf(value)) : wholeOf(value)).toString();
}

function bytesWriter(element: SchemaElement): ValueWriter {
  const { converted_type: converted, logical_type: logical } = element;
  if (isDecimal(element)) {
    const scale = scaleOf(element);
    return (value) => decimalText(signedOf(bytesOf(value)), scale);
  }
  if (logical?.type === 'UUID') return (value) => uuidText(bytesOf(value));
  const isText =
    converted === 'UTF8' ||
    converted === 'ENUM' ||
    converted === 'JSON' ||
    logical?.type === 'STRING' ||
    logical?.type === 'ENUM' ||
    logical?.type === 'JSON';
  return isText
    ? (value) => JSON.stringify(textOf(bytesOf(value)))
    : (value) => writtenBytes(bytesOf(value));
}

function isDecimal({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return converted === 'DECIMAL' || logical?.type === 'DECIMAL';
}

function scaleOf({ scale, logical_type: logical }: SchemaElement): number {
  const said = scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0);
  if (said < 0 || said > DECIMAL_SCALE_MAX) throw new ParquetFault('container-unsupported');
  return said;
}

function wholeOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : fail();
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : fail();
}

function textOf(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return fail();
    throw error;
  }
}

function fail(): never {
  throw new ParquetFault('container-corrupt');
}
