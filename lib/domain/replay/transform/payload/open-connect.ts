import type { JsonSpan } from '#lib/domain/replay/transform/split/json-bytes.ts';
import { JsonText } from './json-text.ts';
import { bare, type Payload, type PayloadFault } from './payload.ts';

const SCHEMA = new TextEncoder().encode('schema');
const PAYLOAD = new TextEncoder().encode('payload');

/**
 * What Kafka Connect's JSON converter writes with `schemas.enable`: `{"schema":...,"payload":...}`. The payload is the
 * bytes of its value as they are written; one that is null was a record without a value.
 * @param bytes one JSON value
 */
export function openConnect(bytes: Uint8Array): Payload | PayloadFault {
  const text = new JsonText(bytes);
  let hasSchema = false;
  const payloads: JsonSpan[] = [];
  const isWhole = text.eachMember(text.root, (name, value) => {
    if (text.isNamed(name, 'payload', PAYLOAD)) payloads.push(value);
    else if (text.isNamed(name, 'schema', SCHEMA)) hasSchema = true;
  });
  // Of members with one name the last, as JSON parsers have it.
  const payload = payloads.at(-1);
  return isWhole && hasSchema && payload !== undefined && !text.isNull(payload)
    ? bare(text.written(payload))
    : 'no-payload';
}
