import { shardIdOf } from '#lib/domain/shard.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import type { PaletteEntry } from './palette-entry.ts';

type PaletteStream = { readonly connection: string; readonly streamName: string };

/** What the palette offers from. */
export type PaletteContext = {
  readonly streams: readonly PaletteStream[];
  /** The stream whose page is open; null on other pages. */
  readonly current: PaletteStream | null;
  readonly paused: boolean;
  /** A connection allows changes. */
  readonly mayCreate: boolean;
};

/** Streams, pages and actions: all that does not depend on what is typed. */
export function paletteEntries(context: PaletteContext): readonly PaletteEntry[] {
  const { streams, current } = context;
  const many = new Set(streams.map(({ connection }) => connection)).size > 1;
  return [
    ...(current === null ? [] : tabsOf(current)),
    ...streams.map(({ connection, streamName }): PaletteEntry => {
      const href = streamHref(connection, streamName);
      return {
        id: href,
        group: 'Streams',
        label: streamName,
        detail: many ? connection : '',
        keywords: connection,
        action: { kind: 'go', href },
      };
    }),
    page('Streams', '/', 'all streams home overview'),
    page('Applications', '/applications', 'consumers lag kcl lambda firehose workers leases'),
    page('Replays', '/replays', 'archive s3 firehose again resend quarantine receipt drafts'),
    page(
      'Operations',
      '/operations',
      'reshards running past pause journal stop all jobs emergency',
    ),
    page('Cost & quotas', '/costs', 'price dollars budget quotas calls'),
    ...actions(context),
  ];
}

/** What the palette offers for a partition key or a shard that is typed. */
export function typedEntries(query: string, context: PaletteContext): readonly PaletteEntry[] {
  const key = /^key (.+)$/is.exec(query)?.[1];
  if (key !== undefined) return keyEntries(key, context);
  const { current } = context;
  const shardId = current === null ? null : typedShardId(query.trim());
  if (current === null || shardId === null) return [];
  const href = `${streamHref(current.connection, current.streamName)}`;
  return [
    {
      id: `shard ${shardId}`,
      group: 'Shards',
      label: shardId,
      detail: `of ${current.streamName}`,
      keywords: '',
      action: { kind: 'choose-shard', href, shardId },
    },
  ];
}

/** Streams that a key is offered to be looked up in. */
const KEY_STREAMS_MAX = 8;

function keyEntries(key: string, { current, streams }: PaletteContext): readonly PaletteEntry[] {
  const others = streams.filter(
    (stream) =>
      stream.connection !== current?.connection || stream.streamName !== current.streamName,
  );
  return (current === null ? others : [current, ...others])
    .slice(0, KEY_STREAMS_MAX)
    .map(({ connection, streamName }) => ({
      id: `key ${connection}/${streamName}`,
      group: 'Key lookup',
      label: `Look up “${key}”`,
      detail: `in ${streamName}`,
      keywords: '',
      action: { kind: 'look-up', connection, streamName, key },
    }));
}

/** A whole id, or its number alone, also after the word shard. @example typedShardId('shard 12') // 'shardId-000000000012' */
function typedShardId(text: string): string | null {
  if (/^shardId-\d{12,}$/.test(text)) return text;
  const digits = /^(?:shard\s*)?…?(\d{1,12})$/i.exec(text)?.[1];
  return digits === undefined ? null : shardIdOf(Number(digits));
}

function tabsOf({ connection, streamName }: PaletteStream): readonly PaletteEntry[] {
  const href = streamHref(connection, streamName);
  return [
    ['', 'Overview', 'charts shards table'],
    ['?tab=consumers', 'Consumers', 'applications lag workers leases lambda firehose fan-out'],
    ['?tab=reshard', 'Reshard', 'split merge scale rebalance shards plan'],
    ['?tab=lineage', 'Lineage', 'splits merges history parents children'],
    ['?tab=keys', 'Key lookup', 'md5 hash partition key'],
    ['?tab=settings', 'Settings', 'retention mode tags encryption delete'],
  ].map(([search = '', name = '', keywords = '']) => ({
    id: `${href}${search}`,
    group: 'Pages' as const,
    label: name,
    detail: `of ${streamName}`,
    keywords,
    action: { kind: 'go' as const, href: `${href}${search}` },
  }));
}

function page(label: string, href: string, keywords: string): PaletteEntry {
  return {
    id: `page ${href}`,
    group: 'Pages',
    label,
    detail: '',
    keywords,
    action: { kind: 'go', href },
  };
}

function actions({ paused, mayCreate, current }: PaletteContext): readonly PaletteEntry[] {
  const action = (
    label: string,
    keywords: string,
    what: PaletteEntry['action'],
    detail = '',
  ): PaletteEntry => ({ id: label, group: 'Actions', label, detail, keywords, action: what });
  return [
    paused
      ? action('Resume figures', 'pause play continue', { kind: 'resume' })
      : action('Pause figures', 'stop freeze stand still', { kind: 'pause' }),
    action('Times in UTC', 'zone clock', { kind: 'zone', choice: 'utc' }),
    action('Times in local time', 'zone clock', { kind: 'zone', choice: 'local' }),
    action('Dark colours', 'scheme theme mode', { kind: 'scheme', scheme: 'dark' }),
    action('Light colours', 'scheme theme mode', { kind: 'scheme', scheme: 'light' }),
    action('Colours as the system', 'scheme theme auto', { kind: 'scheme', scheme: 'auto' }),
    ...(mayCreate ? [action('Create stream', 'new add', { kind: 'create-stream' })] : []),
    ...(current === null
      ? []
      : [
          action(
            'Replay the archive of this stream',
            'new draft s3 again resend',
            { kind: 'new-replay', of: { from: 'stream', ...current } },
            current.streamName,
          ),
          ...(mayCreate
            ? [
                action(
                  'Replay into this stream',
                  'new draft archive s3 again restore backfill target',
                  { kind: 'new-replay', of: { from: 'target', ...current } },
                  current.streamName,
                ),
              ]
            : []),
        ]),
    action('New replay', 'draft archive s3 again resend', { kind: 'new-replay', of: null }),
    action('Keyboard help', 'keys shortcuts', { kind: 'help' }, '?'),
  ];
}
