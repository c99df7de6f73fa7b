import type { Decoders } from '#lib/domain/replay/transform/decompress/decoders.ts';
import { InputReader } from '#lib/domain/replay/transform/decompress/input-reader.ts';
import type { ContainerFormat } from '#lib/domain/replay/transform/format.ts';
import { readAvroFile } from './avro-file.ts';
import type { ContainerPart } from './container-part.ts';
import { readLogSubscription } from './log-subscription.ts';

/**
 * Reads one decompressed object of a container format to its end, whatever is in it. Depends on its bytes alone, not on
 * how they come.
 * @param options `recordBytesMax` are what a record may have; `blockBytesMax` what a block may
 * @throws only what the source throws
 */
export async function* readContainer(
  source: AsyncIterable<Uint8Array>,
  format: ContainerFormat,
  options: {
    readonly decoders: Decoders;
    readonly recordBytesMax: number;
    readonly blockBytesMax: number;
  },
): AsyncGenerator<ContainerPart> {
  const { decoders, recordBytesMax, blockBytesMax } = options;
  const input = new InputReader(source);
  try {
    switch (format.kind) {
      case 'cloudwatch-logs':
        yield* readLogSubscription(input, decoders, recordBytesMax);
        return;
      case 'avro':
        yield* readAvroFile(input, decoders, { blockBytesMax, recordBytesMax });
        return;
      case 'parquet':
        yield* decoders.parquet(input, { recordBytesMax });
        return;
    }
  } finally {
    await input.close();
  }
}
