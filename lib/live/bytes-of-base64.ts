/** The bytes in a base64 text. @throws DOMException where it is none: a defect of the server. */
export function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
