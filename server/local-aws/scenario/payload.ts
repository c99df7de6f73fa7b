/** Where a template is to be filled in: an ISO time of 24 characters and an id of 19 digits. */
export const TIME_SLOT = '0000-00-00T00:00:00.000Z';
export const ID_SLOT = '0000000000000000000';

/** A record's data, made once and sent many times. */
export type Payload = {
  readonly bytes: Buffer;
  readonly timeOffset: number;
  readonly idOffset: number;
};

/** @param json holds TIME_SLOT and ID_SLOT each once. @throws Error where it does not. */
export function payloadOf(json: string): Payload {
  const bytes = Buffer.from(json);
  const payload = { bytes, timeOffset: bytes.indexOf(TIME_SLOT), idOffset: bytes.indexOf(ID_SLOT) };
  if (payload.timeOffset < 0 || payload.idOffset < 0) {
    throw new Error('A payload needs a slot for its time and one for its id');
  }
  return payload;
}

/** A copy with its own time and id, of the same length. `serial` has at most 19 digits. */
export function stampPayload(payload: Payload, nowMs: number, serial: bigint): Buffer {
  const copy = Buffer.from(payload.bytes);
  copy.write(new Date(nowMs).toISOString(), payload.timeOffset, 'latin1');
  copy.write(String(serial).padStart(ID_SLOT.length, '0'), payload.idOffset, 'latin1');
  return copy;
}
