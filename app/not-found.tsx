import type { Metadata } from 'next';
import Link from 'next/link';
import { Message } from '#components/primitives/message.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Message
      heading={1}
      title="There is nothing at this address"
      action={<Link href="/">All streams</Link>}
    >
      <p>
        A stream’s page is gone where the stream was deleted, or where its connection is no longer
        in the configuration. Streams that are there now are in the list.
      </p>
    </Message>
  );
}
