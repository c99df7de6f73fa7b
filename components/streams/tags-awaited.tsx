import { Button } from '#components/primitives/button.tsx';
import { Message } from '#components/primitives/message.tsx';

/** In place of the list while nobody can say which streams have the tags that are asked for. */
export function TagsAwaited(props: {
  readonly error: { readonly message: string } | null;
  readonly onRetry: () => unknown;
}) {
  if (props.error === null) {
    return (
      <Message title="Reading tags…">
        <p>Which streams have them is known in a moment.</p>
      </Message>
    );
  }
  return (
    <Message
      title="Tags could not be read"
      action={<Button onClick={props.onRetry}>Try again</Button>}
    >
      <p>
        {props.error.message} Without them nobody can say which streams have those tags. Take the
        condition out of the search to see all streams.
      </p>
    </Message>
  );
}
