import { countOf, formatCount } from '#lib/format/count.ts';
import type { StreamTagsView } from '#lib/streams/stream-tags.ts';
import { TagsFailures } from './tags-failures.tsx';
import classes from './tags-note.module.css';

/** Says of how many streams the tags are not known, and why tags cannot be read; nothing where all is well. */
export function TagsNote(props: {
  readonly view: StreamTagsView;
  readonly streamIds: readonly number[];
}) {
  const { view, streamIds } = props;
  const known = new Set(view.known.map(({ streamId }) => streamId));
  const unknown = streamIds.filter((id) => !known.has(id)).length;
  if (unknown === 0 && view.failures.length === 0) return null;
  return (
    <div className={classes.note} role="status">
      {unknown > 0 && (
        <p>
          The tags of {formatCount(unknown)} of {countOf(streamIds.length, 'stream')} are not known
          {view.failures.length === 0 && ' yet; they are read one stream after the other'}: no
          condition on tags finds these.
        </p>
      )}
      <TagsFailures failures={view.failures} />
    </div>
  );
}
