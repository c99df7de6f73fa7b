import { Message } from '#components/primitives/message.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';

/** Where no replay has that number. @param props.reason the server's words */
export function NoReplay({ reason }: { readonly reason: string }) {
  return (
    <Message
      heading={1}
      title="No such replay"
      action={<PageLink href="/replays">All replays</PageLink>}
    >
      <p>{reason}</p>
    </Message>
  );
}
