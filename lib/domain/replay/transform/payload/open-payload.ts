import type { SplitFormat } from '#lib/domain/replay/transform/format.ts';
import { decodeBase64 } from './base64.ts';
import { openConnect } from './open-connect.ts';
import { EnvelopeOpener } from './open-envelope.ts';
import { bare, type Payload, type PayloadFault } from './payload.ts';

/** How the payload of one piece is had in a format. */
export function openerOf(format: SplitFormat): (bytes: Uint8Array) => Payload | PayloadFault {
  switch (format.kind) {
    case 'json':
    case 'json-array':
    case 'lines':
      return bare;
    case 'connect-json':
      return openConnect;
    case 'base64-lines':
      return (bytes) => {
        const data = decodeBase64(bytes);
        return data === null ? 'bad-base64' : bare(data);
      };
    case 'envelope': {
      const opener = new EnvelopeOpener(format.map);
      return (bytes) => opener.open(bytes);
    }
  }
}
