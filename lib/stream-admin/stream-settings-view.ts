import type {
  AccountLimits,
  StreamConsumer,
  StreamSettings,
  StreamTags,
} from '#lib/domain/stream-settings.ts';

/** What one call told, or why it told nothing; others may have told all the same. */
export type Part<T> =
  | { readonly value: T; readonly failure: null }
  | { readonly value: null; readonly failure: PartFailure };

type PartFailure = {
  /** What happened, what it means, what to do. */
  readonly message: string;
  /** The permission that is missing, as IAM writes it; null where none is. */
  readonly deniedAction: string | null;
};

/** What is still to be set of a stream that was created here, or why it was given up. */
export type PendingSetup = {
  /** null: nothing to set. */
  readonly retentionHours: number | null;
  readonly keyId: string | null;
  readonly requestedAtMs: number;
  /** null: it is under way. */
  readonly failure: PartFailure | null;
};

/** The settings of a stream, asked of AWS at `readAtMs`. */
export type StreamSettingsView = {
  /** On the database's clock, epoch milliseconds. */
  readonly readAtMs: number;
  readonly settings: StreamSettings;
  readonly tags: Part<StreamTags>;
  readonly consumers: Part<readonly StreamConsumer[]>;
  readonly setup: PendingSetup | null;
};

/** Quotas of the account behind a connection, asked of AWS at `readAtMs`. */
export type AccountLimitsView = {
  readonly readAtMs: number;
  readonly limits: Part<AccountLimits>;
};
