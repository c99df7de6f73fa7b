/**
 * A segment of an address, decoded. Next hands some of them over decoded and some not; one that cannot be decoded
 * (again) is itself what was meant.
 * @example decodeSegment('a%20b') // 'a b'
 * @example decodeSegment('100%') // '100%'
 */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
