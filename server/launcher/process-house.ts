import { openChildLog } from './child-log.ts';
import type { ChildRecord } from './child-record.ts';
import type { LogFormat } from './readable-log-line.ts';
import { complain, say } from './say.ts';
import type { Supervised, SupervisionContext } from './supervise.ts';

/** All processes of one launcher, stopped in the reverse of the order in which they may need each other. */
export interface ProcessHouse {
  /** What a process needs to be supervised here. */
  contextFor(name: string, format: LogFormat): SupervisionContext;
  add(part: Stoppable): void;
  /** From now on, shows what processes warn of. Before, while they wait for each other, it goes to their logs alone. */
  showWarnings(): void;
  /** Stops everything in order; resolves when nothing is left. */
  stop(forced: AbortSignal): Promise<void>;
}

/** A process, and how it is stopped. */
interface Stoppable {
  readonly process: Supervised;
  stop(graceMs: number): Promise<void>;
}

const GRACE_MS = 8_000;
/** Whoever asks goes first: pages, then who works for them, then what both rest on. */
const STOP_ORDER = ['web', 'worker', 'local-aws', 'postgres'];

export function openProcessHouse(logs: string, record: ChildRecord): ProcessHouse {
  const parts = new Map<string, Stoppable>();
  let showsWarnings = false;
  const show = (line: string) => {
    if (showsWarnings) complain(line);
  };
  return {
    contextFor: (name, format) => ({
      log: openChildLog(logs, name, format, show),
      record,
      say,
    }),
    add: (part) => void parts.set(part.process.name, part),
    showWarnings() {
      showsWarnings = true;
    },
    async stop(forced) {
      const ordered = STOP_ORDER.flatMap((name) => parts.get(name) ?? []);
      const killAll = () => ordered.forEach((part) => void part.stop(0));
      forced.addEventListener('abort', killAll, { once: true });
      for (const part of ordered) await part.stop(forced.aborted ? 0 : GRACE_MS);
    },
  };
}
