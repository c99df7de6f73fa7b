/** Source: API reference, RegisterStreamConsumer, ConsumerName. */
const NAME = /^[a-zA-Z0-9_.-]{1,128}$/;

/** Why Kinesis would not take it as the name of a consumer; null where it would, or nothing is written yet. */
export function consumerNameFault(name: string): string | null {
  if (name === '' || NAME.test(name)) return null;
  return 'Letters, digits, “_”, “.” and “-”, at most 128.';
}
