import type { StreamSettings } from '#lib/domain/stream-settings.ts';
import { formatCount } from '#lib/format/count.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { MODE_RULE, MODE_WORDS, warmWords } from '#lib/stream-admin/setting-words.ts';
import { ModeForm } from './mode-form.tsx';
import { Setting } from './setting.tsx';
import { WarmThroughputForm } from './warm-throughput-form.tsx';

type CapacitySettingProps = {
  readonly row: StreamRow;
  readonly settings: StreamSettings;
  /** Why nothing can be changed at present; null: it can. */
  readonly locked: string | null;
};

/** Who chooses the number of shards: AWS, or whoever runs the stream. */
export function ModeSetting({ row, settings, locked }: CapacitySettingProps) {
  return (
    <Setting
      title="Capacity mode"
      value={MODE_WORDS[settings.mode]}
      hint={
        settings.mode === 'ON_DEMAND'
          ? `AWS chooses the number of shards. ${MODE_RULE}`
          : `You choose the number of shards: ${formatCount(settings.openShardCount)} now. ${MODE_RULE}`
      }
      locked={locked}
      form={(onClose) => <ModeForm row={row} settings={settings} onClose={onClose} />}
    />
  );
}

/** Of on-demand streams. */
export function WarmThroughputSetting({ row, settings, locked }: CapacitySettingProps) {
  return (
    <Setting
      title="Warm throughput"
      value={warmWords(settings.warmThroughput)}
      hint="What an on-demand stream is kept ready to take at once, for a load that you see coming."
      locked={locked}
      form={(onClose) => <WarmThroughputForm row={row} settings={settings} onClose={onClose} />}
    />
  );
}
