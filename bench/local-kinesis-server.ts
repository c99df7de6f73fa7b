import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openEngine } from '#server/local-aws/engine/engine.ts';
import { createFaults } from '#server/local-aws/faults/faults.ts';
import { createKinesisServer } from '#server/local-aws/wire/kinesis-server.ts';
import { readBody } from '#server/local-aws/wire/read-body.ts';

/**
 * The server side of the bench, in a process of its own: the embedded Kinesis, and for comparison a
 * bare server which only reads and JSON-parses the same bodies. Answers `memory` and `stop` over IPC.
 */
export type ServerReady = { readonly kinesisPort: number; readonly echoPort: number };

/** Live JavaScript memory after a collection, and the records trimmed by the byte cap. */
export type ServerMemory = { readonly usedBytes: number; readonly trimmedRecords: number };

/** Small, so that the cap trims within seconds. */
const RECORD_BYTES_MAX = 512 * 1_024 * 1_024;

/**
 * The limits are charged for each record as always, at a multiple of AWS's, so that the bench measures
 * the server and not the limit: 64 shards at 1,000 records a second would end at 64 MB/s.
 */
const LIMIT_SCALE = 16;

const engine = openEngine({
  transitionMs: 0,
  recordBytesMax: RECORD_BYTES_MAX,
  limitScale: LIMIT_SCALE,
});
const log = {
  error: (fields: object, message: string) => {
    process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
  },
};
const kinesis = createKinesisServer({ engine, faults: createFaults(), log });

const kinesisServer = createServer((req, res) => kinesis.handle(req, res));
const echoServer = createServer((req, res) => {
  readBody(req).then(
    (body) => {
      JSON.parse(body.toString('utf8'));
      res.end('{}');
    },
    () => res.destroy(),
  );
});

kinesisServer.listen(0, '127.0.0.1', () => {
  echoServer.listen(0, '127.0.0.1', () => {
    const ready: ServerReady = {
      kinesisPort: (kinesisServer.address() as AddressInfo).port,
      echoPort: (echoServer.address() as AddressInfo).port,
    };
    process.send?.(ready);
  });
});

process.on('message', (question) => {
  if (question === 'memory') {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    const memory: ServerMemory = {
      usedBytes: heapUsed + external,
      trimmedRecords: engine.stats().trimmedRecords,
    };
    process.send?.(memory);
  }
});
process.on('disconnect', () => process.exit(0));
