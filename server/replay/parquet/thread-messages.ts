import type { RowGroupSpan } from './file-layout.ts';
import type { ParquetFault } from './parquet-fault.ts';

/** What the thread is asked, one after the other. A file is read by the descriptor that the process has of it. */
export type ParquetRequest =
  | { readonly kind: 'open'; readonly descriptor: number; readonly bytes: number }
  | {
      readonly kind: 'read';
      readonly group: number;
      /** Within the group, from 0. */
      readonly fromRow: number;
      /** Of a row as JSON: what has more is told of as too large. */
      readonly rowBytesMax: number;
    };

export type ParquetAnswer =
  | { readonly kind: 'opened'; readonly groups: readonly RowGroupSpan[] }
  | {
      readonly kind: 'rows';
      /** One behind the other. */
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** Of each row; null where it is too large. */
      readonly lengths: readonly (number | null)[];
    }
  | { readonly kind: 'refused'; readonly reason: ParquetFault['reason'] };
