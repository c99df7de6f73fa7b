'use client';

import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { SearchField } from '#components/primitives/search-field.tsx';
import { formatCount } from '#lib/format/count.ts';
import { findChoices, type TagChoice, tagChoices } from '#lib/streams/tag-choices.ts';
import { parseSearch, sameTerm, type TagTerm, toggleTerm } from '#lib/streams/tag-query.ts';
import classes from './tag-chooser.module.css';
import { TagsFailures } from './tags-failures.tsx';
import { useStreamTags } from './use-stream-tags.ts';

/** So many tags are seen at a glance; more are searched. */
const SEARCHED_FROM = 12;

type Choosing = { readonly search: string; readonly onSearch: (search: string) => void };

/** Each key with its values and how many streams have them. */
export function TagChooser({ search, onSearch }: Choosing) {
  const { view, byStream, error } = useStreamTags(true);
  const [text, setText] = useState('');
  if (view === null || byStream === null) {
    return (
      <p className={classes.word} role="status">
        {error === null ? 'Reading tags…' : `Tags could not be read: ${error.message}`}
      </p>
    );
  }
  const all = tagChoices(byStream);
  const found = findChoices(all, text);
  const many = all.reduce((sum, { values }) => sum + values.length, 0) >= SEARCHED_FROM;
  return (
    <div className={classes.chooser}>
      {many && (
        <SearchField
          label="Search tags"
          placeholder="Key or value"
          value={text}
          onSearch={setText}
        />
      )}
      <div className={classes.keys}>
        {found.map((choice) => (
          <KeyChoice key={choice.key} choice={choice} search={search} onSearch={onSearch} />
        ))}
        {found.length === 0 && (
          <p className={classes.word}>
            {all.length === 0
              ? 'No stream has a tag that is known. Tags are set in a stream’s settings.'
              : `No tag contains “${text}”.`}
          </p>
        )}
      </div>
      <TagsFailures failures={view.failures} />
      <p className={classes.hint}>
        Also typed into the search: <code>tag:key=value</code>, <code>tag:key</code>,{' '}
        <code>-tag:key</code> for streams without.
      </p>
    </div>
  );
}

function KeyChoice({ choice, search, onSearch }: Choosing & { readonly choice: TagChoice }) {
  const { key } = choice;
  const chosen = parseSearch(search).tags;
  const box = (term: TagTerm, label: string, streams: number) => (
    <Checkbox
      key={label}
      label={
        <>
          {label} <span className={classes.count}>{formatCount(streams)}</span>
        </>
      }
      checked={chosen.some((other) => sameTerm(other, term))}
      onChange={() => onSearch(toggleTerm(search, term))}
    />
  );
  return (
    <fieldset className={classes.key}>
      <legend className={classes.legend}>{key}</legend>
      {choice.values.map(({ value, streams }) =>
        box({ key, value, without: false }, value === '' ? '(empty)' : value, streams),
      )}
      {choice.streamsWithout > 0 &&
        box({ key, value: null, without: true }, '(not tagged)', choice.streamsWithout)}
    </fieldset>
  );
}
