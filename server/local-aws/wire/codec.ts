import type { WireValue } from './wire-value.ts';

/** How bodies are written. One is chosen by the request's content type. */
export type Codec = {
  readonly contentType: string;
  /** @throws KinesisError SerializationException. */
  decode(body: Buffer): unknown;
  encode(value: WireValue): Buffer;
};
