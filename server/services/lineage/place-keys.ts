import { parseHashKey } from '#lib/domain/hash-key.ts';
import { placeOfKey } from '#lib/domain/key-lookup.ts';
import type { KeyPlaces } from '#lib/lineage/lineage-map.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { readView, type ViewContext } from '#server/services/streams/read-view.ts';
import { layoutOf } from '#server/services/streams/shape-layout.ts';

/**
 * The open shard of each hash key.
 * @throws ServiceError `invalid` where one of them is none
 */
export async function placeKeys(args: {
  ctx: ViewContext;
  input: { readonly streamId: number; readonly hashKeys: readonly string[] };
}): Promise<KeyPlaces> {
  const { streamId, hashKeys } = args.input;
  const { shape } = await readView({ ...args, input: { streamId, at: null, heardMs: null } });
  const open = layoutOf(shape).facts.slice(0, shape.view.open.length);
  const ranges = open.map(({ range }) => range);
  return {
    streamId,
    topologyId: shape.view.topologyId,
    shardIds: hashKeys.map((text) => {
      const key = parseHashKey(text);
      if (key === null) {
        throw new ServiceError('invalid', `"${text}" is not a hash key: 0 to 2^128 - 1.`);
      }
      const place = placeOfKey(ranges, key);
      return place === null ? null : (open[place]?.shard.shardId ?? null);
    }),
  };
}
