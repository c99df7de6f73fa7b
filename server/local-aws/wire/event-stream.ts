// biome-ignore lint/style/noRestrictedImports: an encoding, not the SDK: the smithy packages hold both.
import { EventStreamCodec } from '@smithy/core/event-streams';
import type { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { Codec } from './codec.ts';
import type { WireValue } from './wire-value.ts';

/** One event, by the name of its shape. */
export type WireEvent = { readonly type: string; readonly body: WireValue };

/**
 * An answer that goes on. `next` is asked again and again for what is there at an instant: null for nothing
 * yet, `end` for nothing more. It throws KinesisError where the stream ends with one.
 */
export class EventStream {
  readonly next: (nowMs: number) => WireEvent | null | 'end';

  constructor(next: EventStream['next']) {
    this.next = next;
  }
}

export const EVENT_STREAM_TYPE = 'application/vnd.amazon.eventstream';

const framing = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

/** A framed event, its payload in the encoding of the request. */
export function encodeEvent(codec: Codec, { type, body }: WireEvent): Uint8Array {
  return frame(codec, { ':message-type': 'event', ':event-type': type }, body);
}

/** The framed error that ends a stream. */
export function encodeException(codec: Codec, { code, message }: KinesisError): Uint8Array {
  const headers = { ':message-type': 'exception', ':exception-type': code };
  return frame(codec, headers, { __type: code, message });
}

function frame(
  codec: Codec,
  headers: Readonly<Record<string, string>>,
  body: WireValue,
): Uint8Array {
  const texts = Object.entries({ ...headers, ':content-type': codec.contentType });
  return framing.encode({
    headers: Object.fromEntries(
      texts.map(([name, value]) => [name, { type: 'string', value } as const]),
    ),
    body: codec.encode(body),
  });
}
