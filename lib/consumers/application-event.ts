import type { ConsumerEvent } from '#lib/domain/consumers/events.ts';

/** What happened to an application, newest first. */
export type ApplicationEventPage = {
  readonly events: readonly { readonly id: number; readonly event: ConsumerEvent }[];
  readonly hasMore: boolean;
};
