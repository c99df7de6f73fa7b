/** Partition keys as they are typed, one a line, each once; white space belongs to a key, but an empty line is none. */
export function readKeys(text: string): readonly string[] {
  return [...new Set(text.split(/\r?\n/).filter((line) => line !== ''))];
}
