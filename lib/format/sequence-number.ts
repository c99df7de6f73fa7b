/**
 * Head and tail of a sequence number's decimal text. The head tells shards' creation times apart, the tail
 * numbers of one shard. A text of up to 14 digits stays whole.
 * @example shortSequenceNumber('49657540666418930171109502259426480070896488208763191298') // '49657540…191298'
 */
export function shortSequenceNumber(text: string): string {
  return text.length <= 14 ? text : `${text.slice(0, 8)}…${text.slice(-6)}`;
}
