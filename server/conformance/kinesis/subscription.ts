import {
  type StartingPosition,
  SubscribeToShardCommand,
  type SubscribeToShardEvent,
  type SubscribeToShardEventStream,
} from '@aws-sdk/client-kinesis';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { NeverSeenError } from '#server/conformance/eventually.ts';

/** An idle subscription gets an event every 5 s at most. */
const IDLE_EVENTS = 4;

/** What of a subscription has come so far, and what comes next; nothing here outlives the case's deadline. */
export class Subscription {
  readonly #iterator: AsyncIterator<SubscribeToShardEventStream>;
  readonly #signal: AbortSignal;
  /** Every event that was taken. */
  readonly events: SubscribeToShardEvent[] = [];

  private constructor(stream: AsyncIterable<SubscribeToShardEventStream>, signal: AbortSignal) {
    this.#iterator = stream[Symbol.asyncIterator]();
    this.#signal = signal;
  }

  static async open(
    t: CaseTools,
    consumerArn: string,
    shardId: string,
    position: StartingPosition,
  ): Promise<Subscription> {
    const { EventStream } = await t.kinesis.send(
      new SubscribeToShardCommand({
        ConsumerARN: consumerArn,
        ShardId: shardId,
        StartingPosition: position,
      }),
    );
    if (EventStream === undefined) throw new Error('SubscribeToShard answers without events.');
    return new Subscription(EventStream, t.signal);
  }

  /**
   * The next event, or undefined when the subscription is over.
   *
   * @throws the exception that the stream carries, where it carries one
   */
  async next(): Promise<SubscribeToShardEvent | undefined> {
    const { done, value } = await beforeDeadline(this.#iterator.next(), this.#signal);
    if (done === true) return undefined;
    if (value.SubscribeToShardEvent === undefined) throw exceptionIn(value);
    this.events.push(value.SubscribeToShardEvent);
    return value.SubscribeToShardEvent;
  }

  /** Takes events until one is as wanted; undefined when the subscription is over before. */
  async until(
    wanted: (event: SubscribeToShardEvent) => boolean,
  ): Promise<SubscribeToShardEvent | undefined> {
    for (;;) {
      const event = await this.next();
      if (event === undefined || wanted(event)) return event;
    }
  }

  /** Takes events until there were so many records in all. */
  async untilRecords(count: number): Promise<SubscribeToShardEvent | undefined> {
    return this.until(() => this.records.length >= count);
  }

  /**
   * Takes events to the end of the subscription, or until some in a row had neither records nor children: an endpoint
   * that never ends the subscription of a closed shard is seen as such, not waited for.
   */
  async toEnd(): Promise<void> {
    let idle = 0;
    await this.until(({ Records = [], ChildShards = [] }) => {
      idle = Records.length === 0 && ChildShards.length === 0 ? idle + 1 : 0;
      return idle >= IDLE_EVENTS;
    });
  }

  get records() {
    return this.events.flatMap(({ Records = [] }) => Records);
  }
}

/** The stream's own member for an exception, e.g. ResourceInUseException. */
function exceptionIn(member: SubscribeToShardEventStream): Error {
  const found = Object.values(member).find((value: unknown) => value instanceof Error);
  return found instanceof Error
    ? found
    : new Error(`An event that is none: ${Object.keys(member).join(', ')}`);
}

async function beforeDeadline<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new NeverSeenError('the next event: not before the deadline'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, over]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
