/** Undone by `bytesOfBase64`; runs on either side of the wire. */
export function base64OfBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
