'use client';

import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { SegmentedControl } from '#components/primitives/segmented-control.tsx';
import type { StreamTabProps } from '#components/stream/stream-tab.ts';
import { formatCount } from '#lib/format/count.ts';
import {
  KEYS_MAX,
  type KeyBatch,
  type KeyKind,
  readKey,
  readKeyBatch,
} from '#lib/key-lookup/key-batch.ts';
import { useKeyMark } from '#lib/key-lookup/key-mark.ts';
import { hiddenWords, problemWords } from '#lib/key-lookup/key-words.ts';
import { rememberKey, typedKeyOf } from '#lib/key-lookup/typed-keys.ts';
import classes from './key-lookup.module.css';
import { KeyResult } from './key-result.tsx';
import { KeyTable } from './key-table.tsx';

const KINDS = [
  { value: 'partition-key', label: 'Partition key' },
  { value: 'hash-key', label: 'Explicit hash key' },
] as const;

/** Where a key's records go: its MD5, its hash key, and the shards that hold or held it; many keys at once as well. */
export function KeyLookup({ row, pulse, onSelect }: StreamTabProps) {
  const { key, setKey } = useKeyMark();
  const [kind, setKind] = useState<KeyKind>('partition-key');
  const [text, setText] = useState(key === null ? '' : (typedKeyOf(key) ?? ''));
  const [many, setMany] = useState('');
  const [batch, setBatch] = useState<KeyBatch | null>(null);
  const read = text === '' ? null : readKey(text, kind);
  const problem = read === null || read.ok ? null : problemWords(read.problem);
  const hidden = hiddenWords(text, kind);

  function lookUp(): void {
    if (read === null || !read.ok) return;
    if (kind === 'partition-key') rememberKey(read.hashKey, text);
    setKey(read.hashKey);
  }

  return (
    <section className={classes.section} aria-labelledby="keys-title">
      <div className={classes.head}>
        <h2 id="keys-title" className={classes.title}>
          Where a key goes
        </h2>
        <SegmentedControl aria-label="What is typed" data={KINDS} value={kind} onChange={setKind} />
      </div>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          lookUp();
        }}
      >
        <TextInput
          className={classes.field ?? ''}
          label={
            kind === 'partition-key'
              ? 'Partition key, as the producer writes it'
              : 'Hash key, decimal or 0x…'
          }
          description="Its UTF-8 is hashed in this browser. Only the hash goes to the server and into the address."
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={problem}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" disabled={read === null || !read.ok}>
          Look up
        </Button>
        {key !== null && (
          <Button
            onClick={() => {
              setKey(null);
              setText('');
            }}
          >
            Clear
          </Button>
        )}
      </form>
      {hidden !== null && <p className={classes.hidden}>{hidden}</p>}
      {key !== null && <KeyResult row={row} pulse={pulse} hashKey={key} onSelect={onSelect} />}

      <form
        className={classes.many}
        onSubmit={(event) => {
          event.preventDefault();
          setBatch(readKeyBatch(many, kind));
        }}
      >
        <Textarea
          label={`Many keys, one a line, at most ${formatCount(KEYS_MAX)}`}
          description="White space at the ends of a line is part of a partition key."
          value={many}
          onChange={(event) => setMany(event.currentTarget.value)}
          minRows={4}
          maxRows={10}
          autosize
          spellCheck={false}
          classNames={{ input: classes.input ?? '' }}
        />
        <Button type="submit" disabled={many === ''}>
          Look up all
        </Button>
      </form>
      {batch !== null && <KeyTable row={row} pulse={pulse} batch={batch} onSelect={onSelect} />}
    </section>
  );
}
