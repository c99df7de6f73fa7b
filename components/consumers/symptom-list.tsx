'use client';

import { symptomWords } from '#lib/consumers/symptom-words.ts';
import type { Symptom } from '#lib/domain/consumers/status.ts';
import { shortenShardIds } from '#lib/format/shard-id.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './symptom-list.module.css';

/** What else lies behind an application's status: what is wrong, and what to do. */
export function SymptomList({ symptoms }: { readonly symptoms: readonly Symptom[] }) {
  const zone = useZone();
  return (
    <ul className={classes.list} aria-label="What else is the matter">
      {symptoms.map((symptom) => {
        const { title, what, todo } = symptomWords(symptom, zone);
        return (
          <li key={symptom.kind}>
            <strong>{title}.</strong> {shortenShardIds(what)}{' '}
            <span className={classes.todo}>{todo}</span>
          </li>
        );
      })}
    </ul>
  );
}
