import { type AutoscalePolicy, policyFault } from '#lib/domain/reshard/autoscale/policy.ts';

const MINUTE_MS = 60_000;

/** A policy as it stands in the form: texts as they are typed. */
export type AutoscaleDraft = { readonly [Field in keyof AutoscalePolicy]: string };

/** Percent and minutes; nothing typed is "never" of a hot shard, and "whatever it is" of a lag. */
export function draftOf(policy: AutoscalePolicy): AutoscaleDraft {
  return {
    targetUse: percentText(policy.targetUse),
    shardsMin: String(policy.shardsMin),
    shardsMax: String(policy.shardsMax),
    lookBackMs: minutesText(policy.lookBackMs),
    outCoolOffMs: minutesText(policy.outCoolOffMs),
    inCoolOffMs: minutesText(policy.inCoolOffMs),
    hotShardUse: policy.hotShardUse === null ? '' : percentText(policy.hotShardUse),
    lagMsMax: policy.lagMsMax === null ? '' : minutesText(policy.lagMsMax),
    reshardsPerDayMax: String(policy.reshardsPerDayMax),
  };
}

/** The policy that a form comes to, and the field that is not what it has to be; null: none. */
export function readAutoscaleDraft(draft: AutoscaleDraft): {
  readonly settings: AutoscalePolicy;
  readonly fault: keyof AutoscalePolicy | null;
} {
  const settings: AutoscalePolicy = {
    targetUse: numberOf(draft.targetUse) / 100,
    shardsMin: numberOf(draft.shardsMin),
    shardsMax: numberOf(draft.shardsMax),
    lookBackMs: numberOf(draft.lookBackMs) * MINUTE_MS,
    outCoolOffMs: numberOf(draft.outCoolOffMs) * MINUTE_MS,
    inCoolOffMs: numberOf(draft.inCoolOffMs) * MINUTE_MS,
    hotShardUse: draft.hotShardUse.trim() === '' ? null : numberOf(draft.hotShardUse) / 100,
    lagMsMax: draft.lagMsMax.trim() === '' ? null : numberOf(draft.lagMsMax) * MINUTE_MS,
    reshardsPerDayMax: numberOf(draft.reshardsPerDayMax),
  };
  return { settings, fault: policyFault(settings) };
}

/** NaN where it is no plain number: no setting may be that. */
function numberOf(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

function percentText(share: number): string {
  return String(Number((share * 100).toFixed(2)));
}

function minutesText(ms: number): string {
  return String(Number((ms / MINUTE_MS).toFixed(2)));
}
