import type { StreamSettings } from '#lib/domain/stream-settings.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';

/** What each form of the settings is given. */
export type SettingFormProps = {
  readonly row: StreamRow;
  /** As AWS told them last. */
  readonly settings: StreamSettings;
  readonly onClose: () => void;
};
