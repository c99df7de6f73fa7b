import { Message } from '#components/primitives/message.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { streamHref } from '#lib/streams/stream-href.ts';

/** Where no consumer of that name was seen. @param props.reason the server's words */
export function NoApplication(props: {
  readonly connection: string;
  readonly streamName: string;
  readonly name: string;
  readonly reason: string;
}) {
  const { connection, streamName, name, reason } = props;
  return (
    <Message
      heading={1}
      title={`No consumer “${name}”`}
      action={
        <PageLink href={`${streamHref(connection, streamName)}?tab=consumers`}>
          Consumers of {streamName}
        </PageLink>
      }
    >
      <p>{reason}</p>
    </Message>
  );
}
