import { parseHashKey } from '#lib/domain/hash-key.ts';
import { rangeContains } from '#lib/domain/hash-range.ts';
import type { KeyHolders } from '#lib/lineage/lineage-map.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { readView, type ViewContext } from '#server/services/streams/read-view.ts';
import { knownShards } from './known-shards.ts';
import { lineageShardView } from './lineage-shard-view.ts';

/** A key that changed shards more often has its newest ones told. */
const HOLDERS_MAX = 100;

/**
 * The shards that hold, or held, a hash key: the open one first, then those before it, newest first.
 * @throws ServiceError `invalid` where the key is none
 */
export async function findKeyHolders(args: {
  ctx: ViewContext;
  input: { readonly streamId: number; readonly hashKey: string };
}): Promise<KeyHolders> {
  const { streamId, hashKey } = args.input;
  const key = parseHashKey(hashKey);
  if (key === null) {
    throw new ServiceError('invalid', `"${hashKey}" is not a hash key: 0 to 2^128 - 1.`);
  }
  const { shape } = await readView({ ...args, input: { streamId, at: null, heardMs: null } });
  const known = await knownShards(args.ctx, streamId, shape);
  const holders = known.shards.filter(({ shard }) => rangeContains(shard.range, key)).reverse();
  return {
    streamId,
    topologyId: shape.view.topologyId,
    holders: holders
      .sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open'))
      .slice(0, HOLDERS_MAX)
      .map((each) => lineageShardView(each, known)),
  };
}
