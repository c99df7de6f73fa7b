'use client';

import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { FieldRow } from '#components/primitives/field-row.tsx';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import { parseKeyTemplate } from '#lib/domain/replay/transform/key/key-template.ts';
import type { KeyRule } from '#lib/domain/replay/transform/key/recover-key.ts';
import { parseJsonPath } from '#lib/domain/replay/transform/payload/json-path.ts';
import { countOf } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import type { KeySummary } from '#lib/replay/view/archive-sample.ts';
import { templateText } from '#lib/replay/wizard/key-template-text.ts';
import { pathFault, pathText } from '#lib/replay/wizard/path-field.ts';
import { FALLBACK_CHOICES, hitWords, largestKeyWords } from '#lib/replay/wizard/sample-words.ts';
import classes from './replay-wizard.module.css';
import type { StepProps } from './step-props.ts';

const CANDIDATES_SHOWN = 6;

type SourceKind = 'none' | 'payload-path' | 'object-key';

/** Where partition keys come from, and what that makes of the sample. */
export function KeyFields(props: {
  readonly transform: ReplaySettings['transform'];
  readonly edit: StepProps['edit'];
  /** Null: nothing was looked at yet. */
  readonly keys: KeySummary | null;
  /** Of one of the objects, as an example. */
  readonly objectKey: string | null;
}) {
  const { transform, keys } = props;
  const { key: rule } = transform;
  const setRule = (change: Partial<KeyRule>) =>
    props.edit((before) =>
      before.transform === null
        ? before
        : {
            ...before,
            transform: { ...before.transform, key: { ...before.transform.key, ...change } },
          },
    );
  const [kind, setKind] = useState<SourceKind>(rule.source?.kind ?? 'none');
  const [path, setPath] = useState(
    rule.source?.kind === 'payload-path' ? pathText(rule.source.path) : '',
  );
  const [template, setTemplate] = useState(
    rule.source?.kind === 'object-key' ? templateText(rule.source.template) : '',
  );
  const templateFault =
    template === '' || parseKeyTemplate(template) !== null
      ? null
      : 'Takes one {key}, and {*} for what differs, between slashes; {**} at the end for the rest.';

  function changePath(text: string): void {
    setPath(text);
    const read = parseJsonPath(text);
    if (read !== null) setRule({ source: { kind: 'payload-path', path: read } });
    else if (text === '') setRule({ source: null });
  }

  function changeTemplate(text: string): void {
    setTemplate(text);
    const read = parseKeyTemplate(text);
    if (read !== null) setRule({ source: { kind: 'object-key', template: read } });
    else if (text === '') setRule({ source: null });
  }

  function changeKind(next: SourceKind): void {
    setKind(next);
    if (next === 'none') setRule({ source: null });
    if (next === 'payload-path') changePath(path);
    if (next === 'object-key') changeTemplate(template);
  }

  return (
    <section className={classes.part} aria-labelledby="replay-key">
      <h3 id="replay-key" className={classes.subtitle}>
        Partition key
      </h3>
      <FieldRow isTop>
        <Checkbox
          label="Take the archived key where there is one"
          checked={rule.prefersArchived}
          onChange={({ currentTarget: { checked } }) => setRule({ prefersArchived: checked })}
        />
        <NativeSelect
          label="Else take it from"
          value={kind}
          data={[
            { value: 'none', label: 'nowhere' },
            { value: 'payload-path', label: 'a place in the payload' },
            { value: 'object-key', label: 'the object’s key' },
          ]}
          onChange={({ currentTarget: { value } }) => {
            if (value === 'none' || value === 'payload-path' || value === 'object-key') {
              changeKind(value);
            }
          }}
        />
        {kind === 'payload-path' && (
          <TextInput
            label="Place in the payload"
            placeholder="user.id"
            value={path}
            error={pathFault(path)}
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget: { value } }) => changePath(value)}
            w={240}
          />
        )}
        {kind === 'object-key' && (
          <TextInput
            label="How objects are named"
            placeholder="raw/topic={key}/{**}"
            description={props.objectKey === null ? null : `As in ${props.objectKey}`}
            value={template}
            error={templateFault}
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget: { value } }) => changeTemplate(value)}
            w="min(100%, 420px)"
          />
        )}
        <Fallback rule={rule} setRule={setRule} />
      </FieldRow>
      {kind === 'payload-path' && keys !== null && keys.candidates.length > 0 && (
        <ul className={classes.list} aria-label="Places that keys could be taken from">
          {keys.candidates.slice(0, CANDIDATES_SHOWN).map((candidate) => (
            <li key={candidate.text}>
              <Button onClick={() => changePath(candidate.text)}>
                <span className={classes.mono}>{candidate.text}</span>
              </Button>{' '}
              in {formatShare(candidate.hitShare)} of payloads,{' '}
              {countOf(candidate.differentKeys, 'different key')}, the largest{' '}
              {formatShare(candidate.largestShare)}
            </li>
          ))}
        </ul>
      )}
      {keys !== null && (
        <p role="status">
          {hitWords(keys)} {largestKeyWords(keys)}
          {keys.largest !== null && keys.differentKeys > 1 && (
            <>
              {' '}
              It is <span className={classes.mono}>{keys.largest.partitionKey}</span>.
            </>
          )}
        </p>
      )}
    </section>
  );
}

function Fallback(props: {
  readonly rule: KeyRule;
  readonly setRule: (change: Partial<KeyRule>) => void;
}) {
  const { fallback } = props.rule;
  return (
    <>
      <NativeSelect
        label="A record without a key"
        description={FALLBACK_CHOICES.find(({ kind }) => kind === fallback.kind)?.detail}
        value={fallback.kind}
        data={FALLBACK_CHOICES.map(({ kind, label }) => ({ value: kind, label }))}
        onChange={({ currentTarget: { value } }) => {
          const kind = FALLBACK_CHOICES.find((choice) => choice.kind === value)?.kind;
          if (kind === undefined) return;
          props.setRule({
            fallback: kind === 'constant' ? { kind, key: 'replayed' } : { kind },
          });
        }}
        w="min(100%, 320px)"
      />
      {fallback.kind === 'constant' && (
        <TextInput
          label="The key of all of them"
          value={fallback.key}
          error={fallback.key === '' ? 'Takes 1 to 256 characters.' : null}
          maxLength={256}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget: { value } }) =>
            props.setRule({ fallback: { kind: 'constant', key: value } })
          }
          w={186}
        />
      )}
    </>
  );
}
