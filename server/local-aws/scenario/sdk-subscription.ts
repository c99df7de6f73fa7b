import type { SubscribeToShardEventStream } from '@aws-sdk/client-kinesis';
import { ClientFault, type ShardEvent, type ShardEvents } from './kinesis-client-port.ts';

/** Beyond so many events that nobody has taken, no more are read: the service waits, too. */
const WAITING_MAX = 16;

/** Reads a subscription's events as they come, and keeps them until they are taken. */
export function followSubscription(
  stream: AsyncIterable<SubscribeToShardEventStream>,
  read: (event: SubscribeToShardEventStream) => ShardEvent,
): ShardEvents {
  let waiting: ShardEvent[] = [];
  let state: 'open' | 'ended' | { readonly failure: unknown } = 'open';
  let wake: (() => void) | null = null;

  async function follow(): Promise<void> {
    try {
      for await (const event of stream) {
        waiting.push(read(event));
        if (waiting.length >= WAITING_MAX) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
      state = 'ended';
    } catch (failure) {
      state = { failure };
    }
  }

  // It never rejects: what went wrong is told to whoever takes next.
  void follow();

  return {
    async take() {
      const events = waiting;
      waiting = [];
      wake?.();
      wake = null;
      if (typeof state === 'object' && events.length === 0) {
        throw state.failure instanceof ClientFault
          ? state.failure
          : new ClientFault('unavailable', state.failure);
      }
      return { events, isOver: state === 'ended' };
    },
  };
}
