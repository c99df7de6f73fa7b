import type { InputReader } from '#lib/domain/replay/transform/decompress/input-reader.ts';
import { isAllZero } from '#lib/domain/replay/transform/split/bytes.ts';
import { SpanCollector } from '#lib/domain/replay/transform/split/span-collector.ts';
import type { ContainerPart } from './container-part.ts';

/**
 * Takes all that is left of an object, as behind a fault nothing in a container can be found again.
 * @param keptBytesMax of it, as many are kept to be shown
 */
export async function takeRest(
  input: InputReader,
  reason: Extract<ContainerPart, { kind: 'quarantined' }>['reason'],
  keptBytesMax: number,
): Promise<ContainerPart> {
  const span = new SpanCollector(keptBytesMax);
  span.open(input.position);
  for (;;) {
    const bytes = await input.peek(1);
    if (bytes.length === 0) return { kind: 'quarantined', reason, ...span.close() };
    span.add(bytes);
    input.take(bytes.length);
  }
}

/** Takes what is left where it is nothing but zeros, as storage pads with; null where it is not. */
export async function takePadding(
  input: InputReader,
  paddingBytesMax: number,
): Promise<ContainerPart | null> {
  if ((await input.peek(1))[0] !== 0 || !isAllZero(await input.peek(paddingBytesMax))) return null;
  const padding = (await input.peek(paddingBytesMax + 1)).length;
  if (padding > paddingBytesMax) return null;
  input.take(padding);
  return { kind: 'trailing', bytes: padding };
}
