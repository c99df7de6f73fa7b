import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import type { DiscoveryView } from '#lib/consumers/stream-consumers-view.ts';
import classes from './discovery-note.module.css';

/** What may not be asked, so that consumers may be missing from the list; nothing while all answer. */
export function DiscoveryNote({ discovery }: { readonly discovery: readonly DiscoveryView[] }) {
  const failed = discovery.flatMap(({ api, failure }) =>
    failure === null ? [] : [{ api, failure }],
  );
  if (discovery.length === 0) {
    return (
      <p className={classes.quiet}>
        Consumers have not been looked for yet; the search comes soon.
      </p>
    );
  }
  return (
    <>
      {failed.map(({ api, failure }) => (
        <FailureNotice
          key={api}
          title={`Consumers may be missing here: ${api} fails`}
          message={failure.message}
          deniedAction={failure.deniedAction ?? null}
          streamArn={null}
        />
      ))}
    </>
  );
}
