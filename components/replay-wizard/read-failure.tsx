import type { ProcedureFailure } from '#components/stream-admin/change-form.tsx';
import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';

/** Why something of an archive or a stream could not be read; nothing where it could. */
export function ReadFailure(props: {
  readonly title: string;
  readonly error: ProcedureFailure | null;
  readonly streamArn?: string | null;
}) {
  const { title, error, streamArn = null } = props;
  if (error === null) return null;
  return (
    <FailureNotice
      title={title}
      message={error.message}
      deniedAction={error.data?.deniedAction ?? null}
      streamArn={streamArn}
    />
  );
}
