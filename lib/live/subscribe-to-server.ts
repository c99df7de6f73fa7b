import type { KinetoscopeClient } from '#lib/trpc/trpc-context.ts';
import type { Subscribe } from './live-link.ts';

/** The live subscription over server-sent events. Trying again is the caller's: any trouble is `broken`. */
export function subscribeToServer(
  client: KinetoscopeClient,
  ...[target, known, on]: Parameters<Subscribe>
): ReturnType<Subscribe> {
  const subscription = client.live.watch.subscribe(
    { stream: target, known },
    {
      onData: on.event,
      onError: on.broken,
      onComplete: on.broken,
      onConnectionStateChange: (state) => {
        // The browser's EventSource would try again by itself, in its own time, and forget the reason.
        if (state.state === 'connecting' && state.error !== null) on.broken();
      },
    },
  );
  return () => subscription.unsubscribe();
}
