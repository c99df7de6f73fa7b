import { Message } from '#components/primitives/message.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';

/** Where no operation has that number. @param props.reason the server's words */
export function NoOperation({ reason }: { readonly reason: string }) {
  return (
    <Message
      heading={1}
      title="No such operation"
      action={<PageLink href="/operations">All operations</PageLink>}
    >
      <p>{reason} Operations go with the stream that they were of.</p>
    </Message>
  );
}
