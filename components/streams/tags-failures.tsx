import { CopyText } from '#components/primitives/copy-text.tsx';
import { countOf } from '#lib/format/count.ts';
import { policyStatement } from '#lib/stream-admin/policy-statement.ts';
import type { TagsFailure } from '#lib/streams/stream-tags.ts';

/** Why tags cannot be read at present, by cause, with the statement to add where a permission is missing. */
export function TagsFailures({ failures }: { readonly failures: readonly TagsFailure[] }) {
  return failures.map(({ message, deniedAction, streamIds }) => (
    <p key={message}>
      Tags of {countOf(streamIds.length, 'stream')} cannot be read. {message}{' '}
      {deniedAction !== null && (
        <CopyText
          short="Policy statement"
          whole={policyStatement(deniedAction, null)}
          what={`the statement that allows ${deniedAction}`}
        />
      )}
    </p>
  ));
}
