'use client';

import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Quiet } from '#components/primitives/quiet.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './replay-wizard.module.css';
import type { StepProps } from './step-props.ts';

const SETTLE_MS = 300;

/** What an expression can speak of. */
const NAMES: readonly (readonly [string, string])[] = [
  ['key', 'partition key'],
  ['hashKey', 'explicit hash key, decimal text; null where none was archived'],
  ['data', 'the payload as JSON; null where it is none'],
  ['text', 'the payload as text; null where it is none'],
  ['size', 'bytes of the payload'],
  ['arrival', 'when it arrived; null where that is not known'],
  ['shard', 'the shard that it was archived from; null where that is not known'],
  ['sequence', 'sequence number, decimal text; null where it is not known'],
  ['object', 'key of the object that it lies in'],
];

const EXAMPLES = [
  'key == "sport"',
  'has(data.user) && data.user.followers > 1000',
  'key.startsWith("eu-") && size < 10000',
] as const;

/** A condition in CEL on each record, checked while it is typed. */
export function ExpressionField({ draft, edit }: StepProps) {
  const trpc = useTRPC();
  const expression = draft.expression ?? '';
  const [settled] = useDebouncedValue(expression, SETTLE_MS);
  const check = useQuery(
    trpc.archives.checkExpression.queryOptions(
      { expression: settled },
      {
        enabled: settled.trim() !== '',
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        placeholderData: keepPreviousData,
      },
    ),
  );
  const isChecked = settled === expression && !check.isPlaceholderData && settled.trim() !== '';
  const data = isChecked ? check.data : undefined;
  return (
    <div className={classes.part}>
      <Textarea
        label="Only records for which this is true (CEL)"
        placeholder={EXAMPLES[0]}
        value={expression}
        error={
          check.error !== null && isChecked
            ? check.error.message
            : data?.isUsable === false
              ? `${data.line === null ? '' : `Line ${data.line}, column ${data.column}: `}${data.words}`
              : null
        }
        description={data?.isUsable === true ? 'It can be used.' : 'Empty: all records.'}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: classes.mono ?? '' }}
        onChange={({ currentTarget: { value } }) =>
          edit((before) => ({ ...before, expression: value === '' ? null : value }))
        }
        w="min(100%, 720px)"
      />
      <details>
        <summary>What it can speak of</summary>
        <dl className={classes.names}>
          {NAMES.map(([name, meaning]) => (
            <div key={name}>
              <dt className={classes.mono}>{name}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <Quiet>
          For example{' '}
          {EXAMPLES.map((example, i) => (
            <span key={example}>
              {i > 0 && ', or '}
              <code className={classes.mono}>{example}</code>
            </span>
          ))}
          . A record on which it fails, as it asks for what the record lacks, goes to quarantine:
          ask with has() first.
        </Quiet>
      </details>
    </div>
  );
}
