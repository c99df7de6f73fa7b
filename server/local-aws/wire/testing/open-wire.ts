import { createServer } from 'node:http';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect } from 'vitest';
import { type Engine, openEngine } from '#server/local-aws/engine/engine.ts';
import { createFaults, type Faults } from '#server/local-aws/faults/faults.ts';
import { closeServer, listenOnLoopback } from '#server/local-aws/http/listen.ts';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { ApiLimiter } from '#server/local-aws/wire/api-limiter.ts';
import { createKinesisServer } from '#server/local-aws/wire/kinesis-server.ts';

/** 2026-11-23T06:00:00Z, a start of every period in use. */
export const WIRE_START_MS = 1_795_413_600_000;

/** The embedded Kinesis alone, over HTTP/1.1, whose clock stands until a test moves it. */
export type Wire = {
  readonly clock: { nowMs: number };
  readonly engine: Engine;
  readonly faults: Faults;
  readonly port: number;
  /** Never repeats a call. */
  readonly client: KinesisClient;
  /** Closes both ends, and fails where the server logged an error. */
  close(): Promise<void>;
};

/** @param options.limited refuse what is called more often than AWS allows */
export async function openWire(
  options: { readonly startMs?: number; readonly limited?: boolean } = {},
): Promise<Wire> {
  const clock = { nowMs: options.startMs ?? WIRE_START_MS };
  const engine = openEngine({ clock: { nowMs: () => clock.nowMs }, transitionMs: 0 });
  const faults = createFaults();
  const logged: string[] = [];
  const kinesis = createKinesisServer({
    engine,
    faults,
    log: { error: (_fields: object, message: string) => logged.push(message) },
    ...(options.limited === true && { limiter: new ApiLimiter(1, engine.accountId) }),
  });
  const server = createServer((req, res) => kinesis.handle(req, res));
  const port = await listenOnLoopback(server, 0, 'Kinesis');
  const client = new KinesisClient({
    endpoint: `http://127.0.0.1:${port}`,
    ...LOCAL_CLIENT,
    requestHandler: new NodeHttpHandler(),
  });
  return {
    clock,
    engine,
    faults,
    port,
    client,
    async close() {
      client.destroy();
      await closeServer(server);
      expect(logged).toEqual([]);
    },
  };
}
