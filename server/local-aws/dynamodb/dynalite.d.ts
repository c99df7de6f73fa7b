declare module 'dynalite' {
  import type { Server } from 'node:http';

  type DynaliteOptions = {
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
    /** A folder for LevelDB; without it, everything is in memory. */
    readonly path?: string;
  };

  export default function dynalite(options?: DynaliteOptions): Server;
}
