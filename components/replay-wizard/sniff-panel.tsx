'use client';

import { Radio } from '@mantine/core';
import { Quiet } from '#components/primitives/quiet.tsx';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { FormatGuessView, SniffView } from '#lib/replay/view/archive-sample.ts';
import { withFormat } from '#lib/replay/wizard/change-draft.ts';
import { isSameFormat } from '#lib/replay/wizard/format-choices.ts';
import classes from './replay-wizard.module.css';
import type { StepProps } from './step-props.ts';

const CONFIDENCE_WORDS: Readonly<Record<FormatGuessView['confidence'], string>> = {
  certain: 'certain',
  likely: 'likely: it fits, and so would other things',
  unsure: 'unsure: some of it does not fit',
};

/** What the objects seem to be, best first; a person decides. */
export function SniffPanel({ sniff, draft, edit }: StepProps & { readonly sniff: SniffView }) {
  const nowMs = useServerNow();
  const { transform } = draft;
  const chosen = sniff.guesses.findIndex(
    ({ format }) => transform !== null && isSameFormat(format, transform.format),
  );
  const compression = sniff.compression ?? transform?.compression ?? 'none';
  return (
    <section className={classes.part} aria-labelledby="replay-format">
      <h3 id="replay-format" className={classes.subtitle}>
        Format
      </h3>
      {sniff.problem !== null && <p role="status">{sniff.problem}</p>}
      {sniff.guesses.length > 0 && (
        <Radio.Group
          label="What the objects seem to be"
          value={String(chosen)}
          onChange={(value) => {
            const guess = sniff.guesses[Number(value)];
            if (guess !== undefined)
              edit((before) => withFormat(before, guess.format, compression));
          }}
        >
          <div className={classes.cards}>
            {sniff.guesses.map((guess, i) => (
              <div key={guess.name} className={classes.card}>
                <Radio
                  value={String(i)}
                  label={`${guess.name} (${CONFIDENCE_WORDS[guess.confidence]})`}
                  description={
                    <>
                      {guess.words} {guessWords(guess)}
                    </>
                  }
                />
              </div>
            ))}
          </div>
        </Radio.Group>
      )}
      <ul className={classes.list} aria-label="Objects that were looked into">
        {sniff.objects.map(({ key, words, readBytes, storedBytes, isFaulty }) => (
          <li key={key}>
            <span className={classes.mono}>{key}</span>: {words}
            <Quiet as="span">
              {' '}
              {formatBytes(readBytes)} of {formatBytes(storedBytes)} read
              {isFaulty && '; not counted'}
            </Quiet>
          </li>
        ))}
      </ul>
      <Quiet>Looked at {formatAge(nowMs - sniff.atMs)} ago, in S3</Quiet>
    </section>
  );
}

function guessWords({
  records,
  faults,
  withPartitionKey,
  withArrival,
  aggregates,
}: FormatGuessView) {
  return [
    countOf(records, 'record'),
    ...(faults === 0 ? [] : [`${formatCount(faults)} that do not fit`]),
    `${formatCount(withPartitionKey)} with a partition key`,
    `${formatCount(withArrival)} with a time`,
    ...(aggregates === 0
      ? []
      : [countOf(aggregates, 'aggregate of the KPL', 'aggregates of the KPL')]),
  ].join(', ');
}
