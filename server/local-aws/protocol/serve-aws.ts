import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#server/local-aws/engine/clock.ts';
import type { FaultEffect, Faults } from '#server/local-aws/faults/faults.ts';
import { BodyError, readBody } from '#server/local-aws/http/read-body.ts';
import type { WireValue } from '#server/local-aws/wire/wire-value.ts';
import { AwsError, type AwsErrorNames } from './aws-error.ts';
import { type Encoded, MALFORMED, type Protocol, type WireRequest } from './protocol.ts';

const BODY_BYTES_MAX = 8 * 1_048_576;

/** Longer than any client waits. */
const CLIENT_PATIENCE_MAX_MS = 600_000;

/** @throws AwsError */
type ServiceOperation = (input: unknown) => WireValue;

/** What all services of a world share. */
export type ServiceContext = {
  readonly clock: Clock;
  readonly faults: Faults;
  /** Told of errors that are ours, not the caller's. */
  readonly onError: (error: unknown) => void;
};

/** A service: what it does, and how it is spoken to. */
export type ServiceDefinition = {
  /** In the order in which they are tried; the first answers what matches none. */
  readonly protocols: readonly [Protocol, ...Protocol[]];
  readonly operations: Readonly<Record<string, ServiceOperation>>;
  /** The answer to an operation that is not among these. */
  readonly refuse: (operation: string) => AwsError;
  readonly errors: {
    readonly missingCredentials: AwsErrorNames;
    readonly throttled: AwsErrorNames;
    readonly failed: AwsErrorNames;
  };
};

export type ServiceHandler = {
  /** Answers one request to the end; never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
};

/** Serves operations over HTTP, in each of the protocols that the service speaks. Signatures are not verified. */
export function serveAws(service: ServiceDefinition, context: ServiceContext): ServiceHandler {
  const { clock, faults, onError } = context;
  const { errors, operations } = service;

  function run(protocol: Protocol, operation: string, request: WireRequest): WireValue {
    const perform = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (perform === undefined) {
      throw service.refuse(operation);
    }
    return perform(protocol.decode(request));
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    let protocol: Protocol = service.protocols[0];
    response.setHeader('x-amzn-requestid', requestId);
    response.setHeader('date', new Date(clock.nowMs()).toUTCString());
    try {
      const request = await readRequest(message);
      protocol = service.protocols.find((one) => one.matches(request)) ?? protocol;
      const operation = protocol.operationOf(request);
      if (request.headers.authorization === undefined) {
        throw new AwsError(errors.missingCredentials, 'Request is missing Authentication Token');
      }
      const effect = faults.next({ operation, streamName: null });
      await suffer(effect, response);
      if (effect?.type === 'reset') {
        message.socket.destroy();
        return;
      }
      const output = run(protocol, operation, request);
      if (effect?.type === 'lose-answer') {
        message.socket.destroy();
        return;
      }
      send(response, 200, protocol.encode(operation, output, requestId));
    } catch (error) {
      if (message.destroyed && !message.complete) {
        return;
      }
      const known = asAwsError(error);
      if (known.names.status >= 500) {
        onError(error);
      }
      send(response, known.names.status, protocol.encodeError(known, requestId));
    }
  }

  /** What a fault does before the operation. @throws AwsError in place of the operation. */
  async function suffer(effect: FaultEffect | null, response: ServerResponse): Promise<void> {
    switch (effect?.type) {
      case 'throttle':
        throw new AwsError(errors.throttled, 'Rate exceeded');
      case 'error':
        throw new AwsError(errors.failed, 'The request processing has failed.');
      case 'stall':
        await holdUp(effect.ms ?? CLIENT_PATIENCE_MAX_MS, response);
        return;
      default:
    }
  }

  function asAwsError(error: unknown): AwsError {
    if (error instanceof AwsError) {
      return error;
    }
    if (error instanceof BodyError) {
      return new AwsError(MALFORMED, error.message);
    }
    return new AwsError(errors.failed, 'The service failed; its log says why.');
  }

  return { handle };
}

async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const body = await readBody(message, BODY_BYTES_MAX);
  const { method = '', url = '', headers } = message;
  return { method, url, headers, body };
}

/** Waits, but not longer than the client does. */
async function holdUp(ms: number, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    await sleep(ms, undefined, { signal: gone.signal, ref: false });
  } catch {
    // The client went away: there is nobody left to answer.
  }
}

function send(response: ServerResponse, status: number, encoded: Encoded): void {
  if (response.destroyed) {
    return;
  }
  response.writeHead(status, {
    'content-type': encoded.contentType,
    'content-length': Buffer.byteLength(encoded.body),
    ...encoded.headers,
  });
  response.end(encoded.body);
}
