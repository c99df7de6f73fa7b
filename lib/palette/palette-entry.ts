/** What an entry of the palette does when it is chosen. */
export type PaletteAction =
  | { readonly kind: 'go'; readonly href: string }
  /** Looks a partition key up on the page of a stream. */
  | {
      readonly kind: 'look-up';
      readonly connection: string;
      readonly streamName: string;
      readonly key: string;
    }
  | { readonly kind: 'choose-shard'; readonly href: string; readonly shardId: string }
  /** A draft of one; of the archive of a stream, or into a stream, where one is named. */
  | {
      readonly kind: 'new-replay';
      readonly of: {
        readonly from: 'stream' | 'target';
        readonly connection: string;
        readonly streamName: string;
      } | null;
    }
  | { readonly kind: 'pause' | 'resume' | 'create-stream' | 'help' }
  | { readonly kind: 'zone'; readonly choice: 'utc' | 'local' }
  | { readonly kind: 'scheme'; readonly scheme: 'dark' | 'light' | 'auto' };

/** Headings of the palette, in their order. */
export const PALETTE_GROUPS = ['Key lookup', 'Shards', 'Streams', 'Pages', 'Actions'] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

export type PaletteEntry = {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly label: string;
  /** Quieter, at the right; '' for nothing. */
  readonly detail: string;
  /** Other words that find it. */
  readonly keywords: string;
  readonly action: PaletteAction;
};
