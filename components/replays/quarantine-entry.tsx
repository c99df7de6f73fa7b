import { CopyText } from '#components/primitives/copy-text.tsx';
import { FactList } from '#components/primitives/fact-list.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { formatBytes } from '#lib/format/bytes.ts';
import { formatInstant } from '#lib/format/time.ts';
import { quarantinePlace } from '#lib/replay/run-quarantine.ts';
import type { QuarantineRow } from '#lib/replay/view/quarantine.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './replays.module.css';

/** One thing in quarantine: its reason and place; opened, what it means, what to do, and what lies there. */
export function QuarantineEntry({ row }: { readonly row: QuarantineRow }) {
  const zone = useZone();
  const { title, what, todo, message, objectKey, bytes, partitionKey, explicitHashKey } = row;
  return (
    <li>
      <details>
        <summary>
          <strong>{title}</strong> <span className={classes.mono}>{objectKey}</span>{' '}
          <Quiet as="span">{quarantinePlace(row)}</Quiet>
        </summary>
        <div className={classes.entry}>
          <p>
            {what} {todo}
          </p>
          {message !== null && <p className={classes.mono}>{message}</p>}
          <FactList
            narrowColumns={1}
            facts={[
              {
                name: 'Object',
                value: <CopyText short={objectKey} whole={objectKey} what="the object’s key" />,
                detail: `ETag ${row.etag}`,
              },
              ...(partitionKey === null ? [] : [{ name: 'Partition key', value: partitionKey }]),
              ...(explicitHashKey === null ? [] : [{ name: 'Hash key', value: explicitHashKey }]),
              { name: 'Found', value: formatInstant(row.atMs, zone) },
            ]}
          />
          {bytes === null ? (
            <Quiet>
              What lies there is shown to operators: it may hold what is not for everybody.
            </Quiet>
          ) : bytes.bytes === 0 ? (
            <Quiet>No bytes of it could be read.</Quiet>
          ) : (
            <>
              <pre className={classes.payload}>{bytes.text}</pre>
              {(bytes.isCut || bytes.bytes < row.byteCount) && (
                <Quiet>
                  The beginning of {formatBytes(row.byteCount)}
                  {bytes.kind === 'hex' ? ', in hexadecimal' : ''}.
                </Quiet>
              )}
            </>
          )}
        </div>
      </details>
    </li>
  );
}
