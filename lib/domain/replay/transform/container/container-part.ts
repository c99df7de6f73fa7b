import type { StoredFault } from '#lib/domain/replay/transform/decompress/report.ts';
import type { SplitFault } from '#lib/domain/replay/transform/split/piece.ts';

/** Why what lies in a container cannot be had. */
export type ContainerFault =
  /** Its own parts do not fit together, or its values not the schema that it names. */
  | 'container-corrupt'
  /** It is whole, for all that can be seen, but of a kind or compression that is not read. */
  | 'container-unsupported'
  /** A part of it has to be held in memory as a whole, and is too large for that. */
  | 'container-too-large';

/** Bytes of the decompressed object, of which `bytes` are those that can be shown. */
type PartSpan = { readonly start: number; readonly end: number; readonly bytes: Uint8Array };

/** What a reader of containers makes of the bytes that come next. Parts come in order and leave no byte out. */
export type ContainerPart =
  | { readonly kind: 'framing'; readonly bytes: number }
  /** Zeros at the object's end. */
  | { readonly kind: 'trailing'; readonly bytes: number }
  /** `payloads` share the span, in their order; where it is only one, it has the span alone. */
  | (PartSpan & {
      readonly kind: 'payloads';
      readonly payloads: readonly (Uint8Array | 'too-large')[];
    })
  | (PartSpan & {
      readonly kind: 'quarantined';
      readonly reason: ContainerFault | SplitFault | StoredFault;
    });
