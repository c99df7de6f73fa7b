import { Message } from '#components/primitives/message.tsx';
import { NewReplayButton } from './new-replay-button.tsx';

/** Where nobody has replayed anything yet: what one is, what it needs, and how it begins. */
export function NoReplays() {
  return (
    <Message
      title="Nothing was replayed from here yet"
      action={<NewReplayButton origin={{ from: 'nothing' }}>New replay</NewReplayButton>}
    >
      <p>
        A replay reads the records of a stream from its archive in S3, as Firehose or a channel
        wrote it, and sends them into a stream again: those of a time, of some keys, or that an
        expression takes.
      </p>
      <p>
        A draft asks for one decision after the other, and nothing is sent before its plan was seen
        and started. Then each record is accounted for; what cannot be sent is kept in quarantine,
        with its reason.
      </p>
    </Message>
  );
}
