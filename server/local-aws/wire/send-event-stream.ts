import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { Codec } from './codec.ts';
import { type EventStream, encodeEvent, encodeException } from './event-stream.ts';

/** How soon a new record is seen. AWS delivers within some 70 ms. */
const LOOK_EVERY_MS = 50;

/** What AWS's services answer with before the first event, when an operation has nothing else to say. */
const INITIAL_RESPONSE = { type: 'initial-response', body: {} };

type EventStreamSink = {
  readonly res: ServerResponse;
  readonly codec: Codec;
  readonly nowMs: () => number;
  /** Told of what is no KinesisError; the caller is told InternalFailureException. */
  readonly onFailure: (error: unknown) => void;
};

/**
 * Sends events after the header, at the pace at which they are taken. Resolves when the stream has ended, or
 * the client has gone.
 */
export async function sendEventStream(stream: EventStream, sink: EventStreamSink): Promise<void> {
  const { res, codec } = sink;
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  try {
    res.write(encodeEvent(codec, INITIAL_RESPONSE));
    for (;;) {
      const event = stream.next(sink.nowMs());
      if (event === 'end') {
        break;
      }
      if (event === null) {
        await delay(LOOK_EVERY_MS, undefined, { signal: gone.signal, ref: false });
      } else if (!res.write(encodeEvent(codec, event))) {
        await drained(res, gone.signal);
      }
      gone.signal.throwIfAborted();
    }
  } catch (error) {
    if (gone.signal.aborted) {
      return;
    }
    res.write(encodeException(codec, asKinesisError(error, sink)));
  }
  res.end();
}

function asKinesisError(error: unknown, { onFailure }: EventStreamSink): KinesisError {
  if (error instanceof KinesisError) {
    return error;
  }
  onFailure(error);
  return new KinesisError(
    'InternalFailureException',
    'The request processing has failed because of an unknown error.',
  );
}

function drained(res: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      res.off('drain', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    res.once('drain', go);
    signal.addEventListener('abort', go, { once: true });
  });
}
