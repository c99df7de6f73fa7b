import type { Metadata } from 'next';
import { Message } from '#components/primitives/message.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Message
      heading={1}
      title="There is nothing at this address"
      action={<PageLink href="/">All streams</PageLink>}
    >
      <p>
        A stream’s page is gone where the stream was deleted, or where its connection is no longer
        in the configuration. Streams that are there now are in the list.
      </p>
    </Message>
  );
}
