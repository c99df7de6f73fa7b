import type { ContainerFault } from '#lib/domain/replay/transform/container/container-part.ts';

/** Why no more of a Parquet file can be had. */
export class ParquetFault extends Error {
  readonly reason: ContainerFault | 'cut-off';

  constructor(reason: ContainerFault | 'cut-off') {
    super(`The Parquet file cannot be read: ${reason}`);
    this.reason = reason;
  }
}
