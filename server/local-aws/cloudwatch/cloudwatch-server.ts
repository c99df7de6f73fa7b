import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#server/local-aws/engine/clock.ts';
import type { FaultEffect, Faults } from '#server/local-aws/faults/faults.ts';
import { BodyError, readBody } from '#server/local-aws/http/read-body.ts';
import type { Meter } from '#server/local-aws/metering/meter.ts';
import { CloudWatchError } from './cloudwatch-error.ts';
import { CustomMetrics } from './custom-metrics.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { KINESIS_NAMESPACE, kinesisMetrics } from './kinesis-metrics.ts';
import { listMetrics } from './list-metrics.ts';
import type { MetricClock, MetricsProfile } from './metric-clock.ts';
import type { MetricSource } from './metric-source.ts';
import { putMetricData } from './put-metric-data.ts';

/** Prefix of `x-amz-target` by which CloudWatch's requests are known on a shared port. */
export const CLOUDWATCH_TARGET = 'GraniteServiceVersion20100801.';

const BODY_BYTES_MAX = 8 * 1_048_576;
const CONTENT_TYPE = 'application/x-amz-json-1.0';

export type CloudWatchServerOptions = {
  readonly meter: Meter;
  readonly clock: Clock;
  readonly profile: MetricsProfile;
  readonly faults: Faults;
  /** Told of errors that are ours, not the caller's. */
  readonly onError: (error: unknown) => void;
};

type Operation = (body: unknown) => object;

/** CloudWatch over AWS JSON 1.0: the engine's counters and what callers put, as one service. */
export function createCloudWatchServer(options: CloudWatchServerOptions) {
  const { meter, clock, profile, faults, onError } = options;
  const custom = new CustomMetrics(profile.basePeriodMs);
  const kinesis = kinesisMetrics(meter);
  const source: MetricSource = {
    read: (metric, ...window) =>
      (metric.namespace === KINESIS_NAMESPACE ? kinesis : custom).read(metric, ...window),
    list: (filter) => [...kinesis.list(filter), ...custom.list(filter)],
  };
  const metricClock: MetricClock = { clock, profile };
  const operations: Readonly<Record<string, Operation>> = {
    GetMetricData: (body) => getMetricData(body, source, metricClock),
    GetMetricStatistics: (body) => getMetricStatistics(body, source, metricClock),
    ListMetrics: (body) => listMetrics(body, source, metricClock),
    PutMetricData: (body) => putMetricData(body, custom, metricClock),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('x-amzn-requestid', randomUUID());
    response.setHeader('date', new Date(clock.nowMs()).toUTCString());
    try {
      const { answer, effect } = await perform(request, response);
      if (effect?.type === 'lose-answer' || effect?.type === 'reset') {
        request.socket.destroy();
        return;
      }
      send(response, 200, answer);
    } catch (error) {
      if (request.destroyed && !request.complete) {
        return;
      }
      const known = asCloudWatchError(error);
      if (known.status >= 500) {
        onError(error);
      }
      response.setHeader('x-amzn-query-error', known.queryError);
      send(response, known.status, { __type: known.type, message: known.message });
    }
  }

  async function perform(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{ readonly answer: object; readonly effect: FaultEffect | null }> {
    const target = String(request.headers['x-amz-target'] ?? '');
    const operation = operations[target.slice(CLOUDWATCH_TARGET.length)];
    if (!target.startsWith(CLOUDWATCH_TARGET) || operation === undefined) {
      throw new CloudWatchError('UnknownOperationException', `Unknown operation ${target}.`);
    }
    const body = await readBody(request, BODY_BYTES_MAX);
    if (request.headers.authorization === undefined) {
      throw new CloudWatchError(
        'MissingAuthenticationToken',
        'Request is missing Authentication Token',
      );
    }
    const effect = faults.next({
      operation: target.slice(CLOUDWATCH_TARGET.length),
      streamName: null,
    });
    await suffer(effect, response);
    return { answer: effect?.type === 'reset' ? {} : operation(parseJson(body)), effect };
  }

  return { handle };
}

/** What a fault does before the operation. @throws CloudWatchError in place of the operation. */
async function suffer(effect: FaultEffect | null, response: ServerResponse): Promise<void> {
  switch (effect?.type) {
    case 'throttle':
      throw new CloudWatchError('Throttling', 'Rate exceeded');
    case 'error':
      throw new CloudWatchError('InternalServiceFault', 'The request processing has failed.');
    case 'stall':
      await holdUp(effect.ms ?? CLIENT_PATIENCE_MAX_MS, response);
      return;
    default:
  }
}

/** Longer than any client waits. */
const CLIENT_PATIENCE_MAX_MS = 600_000;

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

function parseJson(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CloudWatchError('SerializationException', `The body is not JSON: ${message}`);
  }
}

function asCloudWatchError(error: unknown): CloudWatchError {
  if (error instanceof CloudWatchError) {
    return error;
  }
  if (error instanceof BodyError) {
    return new CloudWatchError('SerializationException', error.message);
  }
  return new CloudWatchError('InternalServiceFault', 'The service failed; its log says why.');
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) {
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': CONTENT_TYPE,
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
