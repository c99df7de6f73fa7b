import type { Account } from '#server/local-aws/engine/account.ts';
import type { CommitmentDescription } from '#server/local-aws/engine/throughput-commitment.ts';

export type UpdateAccountSettingsInput = { readonly commitment: 'ENABLED' | 'DISABLED' };

export function describeAccountSettings(account: Account, nowMs: number): CommitmentDescription {
  return account.commitment.describeAt(nowMs);
}

/** Takes effect at once, but an end only after the commitment's first day. */
export function updateAccountSettings(
  account: Account,
  input: UpdateAccountSettingsInput,
  nowMs: number,
): CommitmentDescription {
  if (input.commitment === 'ENABLED') {
    account.commitment.enable(nowMs);
  } else {
    account.commitment.disable(nowMs);
  }
  return account.commitment.describeAt(nowMs);
}
