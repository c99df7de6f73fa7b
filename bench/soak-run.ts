import { openClient, openHttp2Client } from './soak-client.ts';
import { injectFaults } from './soak-faults.ts';
import { SoakMemory } from './soak-memory.ts';
import type { SoakOptions } from './soak-options.ts';
import { SoakStream, type SoakStreamOutcome } from './soak-stream.ts';
import { SoakWorld } from './soak-world.ts';

const MS_PER_MINUTE = 60_000;
const MB = 1e6;

/** UpdateShardCount is granted ten times a day and stream: with one each 30 s, a stream lasts for less than 5 min. */
const STREAM_MS_MAX = 240_000;

/** The shortest soak has two streams, so that one takes over from another while it runs. */
const STREAMS_MIN = 2;

/** What counts against the cap without holding a record: up to 1 MiB a shard of two streams, that is not full yet. */
const RESERVED_MEBIBYTES = 48;

const SHORTEST_STAY_MS = 2_000;

export type SoakFigures = Readonly<Record<string, number>>;

/** What went wrong, in words; all of it is counted in the figures. */
export type SoakReport = { readonly figures: SoakFigures; readonly troubles: readonly string[] };

/**
 * The embedded Kinesis under load for minutes or hours: producers, polling readers and enhanced fan-out by SDK clients,
 * a reshard each 10 s, a fault each 5 s, a new stream each few minutes. It never gives up on account of what it finds:
 * that is what its figures say.
 *
 * - `megabytesPerSecond`: what was accepted; below what was asked for where the machine cannot read as fast
 * - `lostRecords`: not given to a reader although the shard still held them; `outOfOrder`: of one key
 * - `rss...`: of the world's process since its record memory was full, see `MemorySummary`
 * - `unhandled`, `warnings`: unhandled rejections here, and whatever the world logged from `warn` on or wrote to stderr
 */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const troubles: string[] = [];
  let unhandled = 0;
  const onUnhandled = (reason: unknown) => {
    unhandled += 1;
    troubles.push(`Unhandled rejection: ${reason instanceof Error ? reason.stack : reason}`);
  };
  process.on('unhandledRejection', onUnhandled);
  const world = await SoakWorld.start(options.capMebibytes);
  const stopped = new AbortController();
  const memory = new SoakMemory(world, options.capMebibytes);
  const clients = { client: openClient(world.kinesis), http2: openHttp2Client(world.kinesis) };
  try {
    const sampling = memory.run(stopped.signal);
    const faulting = injectFaults(world, stopped.signal);
    const startedMs = performance.now();
    const outcomes = await runStreams(options, clients);
    const minutes = (performance.now() - startedMs) / MS_PER_MINUTE;
    stopped.abort();
    await sampling;
    const faults = await faulting;
    const total = addUp(outcomes);
    return {
      figures: {
        minutes: hundredths(minutes),
        megabytesPerSecond: hundredths(total.acceptedBytes / MB / (minutes * 60)),
        streams: outcomes.length,
        reshards: total.reshards,
        faults,
        acceptedRecords: total.acceptedRecords,
        readRecords: total.readRecords,
        repeatedCalls: total.repeatedCalls,
        duplicateRecords: total.duplicateRecords,
        trimmedUnread: total.trimmedUnread,
        lostRecords: total.lostRecords,
        outOfOrder: total.outOfOrder,
        corruptRecords: total.corruptRecords,
        ...memory.summarise(),
        unhandled,
        warnings: world.troubles.length,
      },
      troubles: [...troubles, ...world.troubles, ...outcomes.flatMap(({ findings }) => findings)],
    };
  } finally {
    stopped.abort();
    clients.client.destroy();
    clients.http2.destroy();
    await world.close();
    process.off('unhandledRejection', onUnhandled);
  }
}

/** One stream after the other; each is read to its end while the next one is written already. */
async function runStreams(
  options: SoakOptions,
  clients: Pick<ConstructorParameters<typeof SoakStream>[0], 'client' | 'http2'>,
): Promise<readonly SoakStreamOutcome[]> {
  const totalMs = options.minutes * MS_PER_MINUTE;
  const count = Math.max(STREAMS_MIN, Math.ceil(totalMs / STREAM_MS_MAX));
  const finished: Promise<SoakStreamOutcome>[] = [];
  for (let i = 0; i < count; i += 1) {
    const stream = new SoakStream({
      ...clients,
      streamName: `soak-${i + 1}`,
      bytesPerSecond: options.megabytesPerSecond * MB,
      unreadMsMax: trimmedAfterMs(options) / 2,
    });
    await stream.start();
    await stream.writeFor(totalMs / count);
    finished.push(stream.finish());
  }
  return Promise.all(finished);
}

/** How long a record stays, once the cap is full. */
function trimmedAfterMs({ capMebibytes, megabytesPerSecond }: SoakOptions): number {
  const recordBytes = (capMebibytes - RESERVED_MEBIBYTES) * 1_048_576;
  return Math.max(SHORTEST_STAY_MS, (recordBytes / (megabytesPerSecond * MB)) * 1_000);
}

type Counts = Omit<SoakStreamOutcome, 'findings'>;

function addUp(outcomes: readonly SoakStreamOutcome[]): Counts {
  const sum = (name: keyof Counts) => outcomes.reduce((total, outcome) => total + outcome[name], 0);
  return {
    acceptedBytes: sum('acceptedBytes'),
    acceptedRecords: sum('acceptedRecords'),
    readRecords: sum('readRecords'),
    repeatedCalls: sum('repeatedCalls'),
    duplicateRecords: sum('duplicateRecords'),
    reshards: sum('reshards'),
    lostRecords: sum('lostRecords'),
    trimmedUnread: sum('trimmedUnread'),
    outOfOrder: sum('outOfOrder'),
    corruptRecords: sum('corruptRecords'),
  };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
