import { use } from 'react';
import { Unknown } from '#components/primitives/unknown.tsx';
import { formatInstant } from '#lib/format/time.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './tags-cell.module.css';
import { TagsContext } from './tags-context.ts';

/** The tags of a stream, as far as they fit; all of them on hover, with when they were read. */
export function TagsCell({ streamId }: { readonly streamId: number }) {
  const zone = useZone();
  const byStream = use(TagsContext);
  const known = byStream?.get(streamId);
  if (known === undefined) {
    return (
      <Unknown
        reason={
          byStream === null ? 'tags are being read' : 'the tags of this stream were not read yet'
        }
      />
    );
  }
  const tags = Object.entries(known.tags).sort(([a], [b]) => (a < b ? -1 : 1));
  const read = `read ${formatInstant(known.readAtMs, zone)}`;
  if (tags.length === 0) {
    return (
      <span className={classes.none} title={`No tag: ${read}`}>
        none
      </span>
    );
  }
  return (
    <span
      className={classes.tags}
      title={[...tags.map(([key, value]) => `${key}=${value}`), read].join('\n')}
    >
      {tags.map(([key, value]) => (
        <span key={key} className={classes.tag}>
          <span className={classes.key}>{key}</span>
          {value !== '' && `=${value}`}
        </span>
      ))}
    </span>
  );
}
