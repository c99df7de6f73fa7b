'use client';

import { Button } from '#components/primitives/button.tsx';
import { Message } from '#components/primitives/message.tsx';

/** What a page shows when drawing it failed. The bar above stays, and with it the way out. */
export default function ErrorPage({
  error,
  retry,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}) {
  return (
    <Message
      heading={1}
      title="This page could not be drawn"
      action={<Button onClick={retry}>Try again</Button>}
    >
      <p>
        Nothing was changed in any stream. Mostly the server’s store did not answer, and the next
        try succeeds; where it does not, the log of “web” tells more.
      </p>
      {error.digest !== undefined && (
        <p>
          Its number there: <code>{error.digest}</code>
        </p>
      )}
    </Message>
  );
}
