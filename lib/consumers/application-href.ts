import type { ConsumerKind } from '#lib/domain/consumers/application.ts';
import { streamHref } from '#lib/streams/stream-href.ts';

/** The page of a consumer of a stream: by what a person knows of it, so that it can be written down. */
export function applicationHref(of: {
  readonly connection: string;
  readonly streamName: string;
  readonly kind: ConsumerKind;
  readonly name: string;
}): string {
  const { connection, streamName, kind, name } = of;
  return `${streamHref(connection, streamName)}/applications/${kind}/${encodeURIComponent(name)}`;
}
