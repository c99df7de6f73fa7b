import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import { KinesisError, type KinesisErrorCode } from '#server/local-aws/engine/kinesis-error.ts';
import type { FaultEffect, Faults } from '#server/local-aws/faults/faults.ts';
import type { ApiLimiter } from './api-limiter.ts';
import type { Codec } from './codec.ts';
import { DATA_OPERATIONS } from './data-operations.ts';
import { createDateHeader } from './date-header.ts';
import { EVENT_STREAM_TYPE, EventStream } from './event-stream.ts';
import { jsonCodec } from './json-codec.ts';
import { KINESIS_OPERATIONS } from './kinesis-operations.ts';
import { codecOf, type OpenRequest, openRequest, shardIdOf, streamNameOf } from './open-request.ts';
import type { OperationAnswer, OperationTable } from './operation.ts';
import { BodyTooLargeError, readBody } from './read-body.ts';
import { sendEventStream } from './send-event-stream.ts';
import type { WireValue } from './wire-value.ts';

/** The part of a pino logger that is used here. */
type WireLog = { error(fields: object, message: string): void };

export type KinesisServerOptions = {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly log: WireLog;
  /** How often operations may be called; left out or null: as often as anybody likes. */
  readonly limiter?: ApiLimiter | null;
  /** For more operations than these, or other ones. */
  readonly operations?: OperationTable;
};

export type KinesisServer = {
  /** Answers one request to the end; never throws, and may be mounted beside other services. */
  handle(req: IncomingMessage, res: ServerResponse): void;
};

type Answer = { readonly status: number; readonly body: OperationAnswer };
type WholeAnswer = Answer & { readonly body: WireValue };

/** Kinesis over HTTP, of either version: `POST /` with the operation in `x-amz-target`. Signatures are not verified. */
export function createKinesisServer(options: KinesisServerOptions): KinesisServer {
  const { engine, faults, log, limiter } = options;
  const operations = options.operations ?? KINESIS_OPERATIONS;
  const dateHeader = createDateHeader();
  let requests = 0;

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const receivedMs = engine.nowMs();
    const body = await readBody(req);
    const codec = codecOf(req);
    const request = openRequest(req, body, codec, operations);
    if (request instanceof KinesisError) {
      send(res, codec ?? jsonCodec, engine.nowMs(), answerOf(request));
      return;
    }
    const streamName = streamNameOf(request.input);
    const effect = faults.next({ operation: request.operationName, streamName });
    if (effect?.type === 'reset') {
      req.socket.destroy();
      return;
    }
    if (effect?.type === 'stall' && !(await stall(effect.ms, res))) {
      return;
    }
    // One instant for counters, records and the Date header: who compares them finds them equal.
    const nowMs = engine.nowMs();
    const answer =
      injected(request.operationName, effect) ??
      run(request, streamName, nowMs, nowMs - receivedMs);
    if (effect?.type === 'lose-answer') {
      req.socket.destroy();
      return;
    }
    const { status, body: outcome } = answer;
    if (outcome instanceof EventStream) {
      if (req.socket.destroyed) {
        // Nobody would ever tell the events that the client has gone.
        return;
      }
      await stream(res, request, nowMs, outcome);
    } else {
      send(res, request.codec, nowMs, { status, body: outcome });
    }
  }

  function run(
    { operationName, input }: OpenRequest,
    streamName: string | null,
    nowMs: number,
    latencyMs: number,
  ): Answer {
    try {
      limiter?.charge({ operationName, streamName, shardId: shardIdOf(input) }, nowMs);
      const operation = operations[operationName];
      if (operation === undefined) {
        throw new KinesisError('UnknownOperationException', '');
      }
      return { status: 200, body: operation(input, { engine, nowMs, latencyMs }) };
    } catch (error) {
      if (error instanceof KinesisError) {
        return answerOf(error);
      }
      log.error({ err: error, operation: operationName }, 'A Kinesis operation failed');
      return INTERNAL_FAILURE;
    }
  }

  async function stream(
    res: ServerResponse,
    { codec, operationName }: OpenRequest,
    nowMs: number,
    events: EventStream,
  ): Promise<void> {
    requests += 1;
    res.writeHead(200, {
      'content-type': EVENT_STREAM_TYPE,
      'x-amzn-RequestId': requestId(requests),
      Date: dateHeader(nowMs),
    });
    await sendEventStream(events, {
      res,
      codec,
      nowMs: () => engine.nowMs(),
      onFailure: (error) =>
        log.error({ err: error, operation: operationName }, 'A Kinesis operation failed'),
    });
  }

  function send(res: ServerResponse, codec: Codec, nowMs: number, answer: WholeAnswer): void {
    if (res.destroyed) {
      return;
    }
    requests += 1;
    const body = codec.encode(answer.body);
    res.writeHead(answer.status, {
      'content-type': codec.contentType,
      'content-length': body.length,
      'x-amzn-RequestId': requestId(requests),
      Date: dateHeader(nowMs),
    });
    res.end(body);
  }

  return {
    handle(req, res) {
      serve(req, res).catch((error: unknown) => {
        if (error instanceof BodyTooLargeError) {
          send(res, jsonCodec, engine.nowMs(), {
            status: 413,
            body: { __type: 'RequestEntityTooLarge', message: error.message },
          });
        } else if (!req.socket.destroyed) {
          log.error({ err: error }, 'A Kinesis request could not be answered');
          if (res.headersSent) {
            res.destroy();
            return;
          }
          send(res, jsonCodec, engine.nowMs(), INTERNAL_FAILURE);
        }
      });
    },
  };
}

const INTERNAL_FAILURE: WholeAnswer = {
  status: 500,
  body: { __type: 'InternalFailure', message: 'The request processing has failed.' },
};

function answerOf({ code, message }: KinesisError): WholeAnswer {
  return {
    status: code === 'InternalFailure' ? 500 : 400,
    body: { __type: code, message: message === '' ? undefined : message },
  };
}

const DATA_OPERATION_NAMES: ReadonlySet<string> = new Set(Object.keys(DATA_OPERATIONS));

/** The answer that a fault puts in place of the real one. */
function injected(operationName: string, effect: FaultEffect | null): Answer | null {
  switch (effect?.type) {
    case 'throttle': {
      // AWS throttles data by the shard's throughput, and everything else by the API's own rate.
      const code: KinesisErrorCode = DATA_OPERATION_NAMES.has(operationName)
        ? 'ProvisionedThroughputExceededException'
        : 'LimitExceededException';
      return answerOf(new KinesisError(code, 'Rate exceeded.'));
    }
    case 'deny':
      return denied(operationName);
    case 'error':
      return INTERNAL_FAILURE;
    default:
      return null;
  }
}

/** In the words of IAM, by which clients find the permission that is missing. */
function denied(operationName: string): WholeAnswer {
  const message = `User: arn:aws:iam::000000000000:user/local is not authorized to perform: kinesis:${operationName} because no identity-based policy allows the kinesis:${operationName} action`;
  return { status: 400, body: { __type: 'AccessDeniedException', message } };
}

/** Holds a request. @returns false where the client went away meanwhile. */
async function stall(ms: number | undefined, res: ServerResponse): Promise<boolean> {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  try {
    // Without a time, longer than any client waits: the abort ends it.
    await delay(ms ?? 2 ** 31 - 1, undefined, { signal: gone.signal, ref: false });
    return true;
  } catch (error) {
    if (gone.signal.aborted) {
      return false;
    }
    throw error;
  }
}

/** In the form of AWS's, a UUID, but counted: a run can be repeated. */
function requestId(count: number): string {
  return `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
}
