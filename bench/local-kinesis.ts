import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { WORLD_MEMORY } from '#server/launcher/world-memory.ts';
import { buildRequest, RawConnection } from './local-kinesis-connection.ts';
import type { ServerMemory, ServerReady } from './local-kinesis-server.ts';

const STREAM = 'bench';
const SHARDS = 64;
const RECORDS_PER_CALL = 500;
const PAYLOAD_BYTES = 1_000;
const CONCURRENCY = 8;
/** Records asked for by one GetRecords: 1 MB an answer, as PutRecords writes in two calls. */
const RECORDS_PER_READ = 1_000;
/** Different bodies, so that no cache on the way serves them all. */
const BODIES = 8;

/** Where GetRecords says how it goes on, after the records. */
const TAIL_BYTES = 1_000;
const SEQUENCE_NUMBER = Buffer.from('"SequenceNumber"', 'latin1');

const { BENCH_SECONDS = '30' } = process.env;
const DURATION_MS = Number(BENCH_SECONDS) * 1_000;
const ROUNDS = 3;
const WARM_UP_MS = Math.min(1_000, DURATION_MS / 10);

/**
 * The embedded Kinesis under load: the server in one process, this load generator in another, over
 * loopback HTTP/1.1 with keep-alive. MB are 10^6 bytes of payload, neither keys nor base64 counted.
 *
 * - `putMBPerSecond`: PutRecords of 500 x 1 kB, concurrency 8, the byte cap trimming
 * - `getMBPerSecond`: GetRecords over all shards from TRIM_HORIZON on, the same concurrency
 * - `echoRatio`: puts, over a bare node:http server which reads and JSON-parses the same bodies
 * - `bytesPerRecord`: growth of the server's live memory (V8 heap used and external, where the record
 *   segments lie; after a collection, so that garbage of requests is not counted as storage) over the
 *   records held. Taken when the cap has been full for long, so unused room in segments is in it
 */
export async function run(): Promise<Record<string, number>> {
  const server = fork(new URL('./local-kinesis-server.ts', import.meta.url), {
    execArgv: ['--expose-gc'],
    env: { ...process.env, ...WORLD_MEMORY },
  });
  try {
    const { kinesisPort, echoPort } = await nextMessage<ServerReady>(server);
    const setup = await RawConnection.open(kinesisPort);
    await setup.send(buildRequest('CreateStream', { StreamName: STREAM, ShardCount: SHARDS }));
    setup.close();
    const bodies = Array.from({ length: BODIES }, buildPut);

    const empty = await askMemory(server);
    const echo: PutOutcome[] = [];
    const puts: PutOutcome[] = [];
    // By turns, so that what else the machine does meanwhile falls on both.
    for (let round = 0; round < ROUNDS; round += 1) {
      echo.push(await put(echoPort, bodies, DURATION_MS / ROUNDS / 3));
      puts.push(await put(kinesisPort, bodies, DURATION_MS / ROUNDS));
    }
    const putRecords = puts.reduce((sum, { records }) => sum + records, 0);
    const full = await askMemory(server);
    const readMBPerSecond = await get(kinesisPort, DURATION_MS / 3);

    return {
      putMBPerSecond: round(meanRate(puts)),
      getMBPerSecond: round(readMBPerSecond),
      echoRatio: round(meanRate(puts) / meanRate(echo)),
      bytesPerRecord: round(
        (full.usedBytes - empty.usedBytes) / (putRecords - full.trimmedRecords),
      ),
      trimmedRecords: full.trimmedRecords,
    };
  } finally {
    server.disconnect();
  }
}

/** Round robin over the shards by explicit hash keys, so that no shard is hotter than another. */
function buildPut(): Buffer {
  const hashKeys = uniformRanges(SHARDS).map(({ start }) => String(start));
  const data = Array.from({ length: RECORDS_PER_CALL }, () =>
    randomBytes(PAYLOAD_BYTES).toString('base64'),
  );
  return buildRequest('PutRecords', {
    StreamName: STREAM,
    Records: data.map((Data, i) => ({
      Data,
      PartitionKey: `key-${i}`,
      ExplicitHashKey: hashKeys[i % SHARDS],
    })),
  });
}

type PutOutcome = { readonly mbPerSecond: number; readonly records: number };

/** @returns the rate after a warm-up, and all records put, warm-up included. */
async function put(port: number, bodies: readonly Buffer[], durationMs: number) {
  const startMs = performance.now();
  const measuredFromMs = startMs + WARM_UP_MS;
  const endMs = measuredFromMs + durationMs;
  let calls = 0;
  let measuredCalls = 0;
  const worker = async (_: unknown, at: number) => {
    const connection = await RawConnection.open(port);
    for (let turn = at; performance.now() < endMs; turn += 1) {
      const body = bodies[turn % bodies.length];
      if (body !== undefined) {
        const answer = await connection.send(body);
        assertNoneFailed(answer);
        calls += 1;
        measuredCalls += performance.now() > measuredFromMs ? 1 : 0;
      }
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const seconds = (performance.now() - measuredFromMs) / 1_000;
  const outcome: PutOutcome = {
    mbPerSecond: (measuredCalls * RECORDS_PER_CALL * PAYLOAD_BYTES) / 1e6 / seconds,
    records: calls * RECORDS_PER_CALL,
  };
  return outcome;
}

/** The bench measures a server below its limits: a throttled record would make the figure a lie. */
function assertNoneFailed(answer: Buffer): void {
  const head = answer.toString('latin1', 0, 40);
  if (head.startsWith('{"FailedRecordCount":') && !head.startsWith('{"FailedRecordCount":0,')) {
    throw new Error(`Records were throttled: ${head}`);
  }
}

function meanRate(outcomes: readonly PutOutcome[]): number {
  return outcomes.reduce((sum, { mbPerSecond }) => sum + mbPerSecond, 0) / outcomes.length;
}

async function get(port: number, durationMs: number): Promise<number> {
  const startMs = performance.now();
  const endMs = startMs + durationMs;
  let records = 0;
  const worker = async (_: unknown, at: number) => {
    const connection = await RawConnection.open(port);
    const ask = (operation: string, input: object) =>
      connection.send(buildRequest(operation, input));
    const iteratorOf = async (shard: number) =>
      field(
        await ask('GetShardIterator', {
          StreamName: STREAM,
          ShardId: `shardId-${String(shard % SHARDS).padStart(12, '0')}`,
          ShardIteratorType: 'TRIM_HORIZON',
        }),
        'ShardIterator',
      );
    let shard = at;
    let iterator = await iteratorOf(shard);
    while (performance.now() < endMs) {
      const answer = await ask('GetRecords', { ShardIterator: iterator, Limit: RECORDS_PER_READ });
      records += countOf(SEQUENCE_NUMBER, answer);
      if (answer.includes('"MillisBehindLatest":0', -TAIL_BYTES)) {
        shard += CONCURRENCY;
        iterator = await iteratorOf(shard);
      } else {
        iterator = field(answer, 'NextShardIterator');
      }
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return (records * PAYLOAD_BYTES) / 1e6 / ((performance.now() - startMs) / 1_000);
}

function countOf(needle: Buffer, answer: Buffer): number {
  let count = 0;
  for (let at = answer.indexOf(needle); at >= 0; at = answer.indexOf(needle, at + 1)) {
    count += 1;
  }
  return count;
}

/** A text member at the end of an answer, found without parsing the megabyte before it. */
function field(answer: Buffer, name: string): string {
  const tail = answer.toString('latin1', Math.max(0, answer.length - TAIL_BYTES));
  const value = new RegExp(`"${name}":"([^"]*)"`).exec(tail)?.[1];
  if (value === undefined) {
    throw new Error(`No ${name} in ${tail}`);
  }
  return value;
}

async function askMemory(server: ChildProcess): Promise<ServerMemory> {
  server.send('memory');
  return nextMessage<ServerMemory>(server);
}

/** The next answer over IPC. Typed by the caller: both sides of the channel are this bench. */
async function nextMessage<T>(server: ChildProcess): Promise<T> {
  const [message] = await once(server, 'message', { signal: AbortSignal.timeout(30_000) });
  return message as T;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
