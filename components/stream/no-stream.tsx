import Link from 'next/link';
import { Message } from '#components/primitives/message.tsx';

type NoStreamProps = { streamName: string; reason: string };

/** Where no stream bears the name. @param reason the server's words */
export function NoStream({ streamName, reason }: NoStreamProps) {
  return (
    <Message
      heading={1}
      title={`No stream “${streamName}”`}
      action={<Link href="/">All streams</Link>}
    >
      <p>{reason}</p>
    </Message>
  );
}
