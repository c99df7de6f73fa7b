import type { AccountLimits } from '#lib/domain/stream-settings.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { type CreateDraft, typedNumber } from './create-draft.ts';
import type { Part } from './stream-settings-view.ts';

/** How a new stream stands to the account's quotas, and whether AWS would refuse it for them. */
export type QuotaWords = { readonly words: string; readonly refused: boolean };

/** @param limits null while they are asked for. @returns null where there is nothing to say */
export function quotaWords(
  { mode, shards }: Pick<CreateDraft, 'mode' | 'shards'>,
  limits: Part<AccountLimits> | null,
): QuotaWords | null {
  if (limits === null) return null;
  if (limits.failure !== null) {
    return {
      words: `Whether the account’s quota leaves room is unknown: ${limits.failure.message}`,
      refused: false,
    };
  }
  const { shardLimit, openShardCount, onDemandStreamLimit, onDemandStreamCount } = limits.value;
  if (mode === 'ON_DEMAND') {
    if (onDemandStreamLimit === null || onDemandStreamCount === null) return null;
    const refused = onDemandStreamCount >= onDemandStreamLimit;
    return {
      words: refused
        ? `AWS would refuse it: the account has all ${formatCount(onDemandStreamLimit)} on-demand streams that it may have. Ask AWS for a higher quota, or choose provisioned.`
        : `Quota of the account: ${formatCount(onDemandStreamCount)} of ${countOf(onDemandStreamLimit, 'on-demand stream')} in use.`,
      refused,
    };
  }
  if (shardLimit === null || openShardCount === null) return null;
  const wanted = typedNumber(shards);
  const left = Math.max(0, shardLimit - openShardCount);
  const refused = wanted > left;
  return {
    words: refused
      ? `AWS would refuse it: the account has ${formatCount(openShardCount)} of ${countOf(shardLimit, 'shard')}, so ${formatCount(left)} can be added. Ask AWS for a higher quota, or take fewer.`
      : `Quota of the account: ${formatCount(openShardCount)} of ${countOf(shardLimit, 'shard')} open.`,
    refused,
  };
}
