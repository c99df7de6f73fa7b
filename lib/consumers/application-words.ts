import type { ApplicationSummary } from '#lib/domain/consumers/application-summary.ts';
import type { Freshness } from '#lib/domain/freshness.ts';
import type { HealthLevel } from '#lib/domain/health.ts';
import type { Zone } from '#lib/format/time.ts';
import type { ApplicationView } from './application-view.ts';
import { levelOfStatus } from './status-level.ts';
import { STATUS_MEANINGS, STATUS_WORDS } from './status-words.ts';
import { symptomWords } from './symptom-words.ts';

/** How a consumer is, as it stands in one line. */
export type ApplicationWords = {
  readonly level: HealthLevel;
  /** The status in a word or two. */
  readonly word: string;
  /** What is wrong, by which figures; or what is meant. */
  readonly sentence: string;
  readonly todo: string | null;
};

/** Of a reading that is not of now nothing is said but why. @param zone that times are told in */
export function applicationWords(
  application: Pick<ApplicationView, 'summary' | 'collection' | 'goneAtMs' | 'kind'>,
  fresh: Freshness,
  zone?: Zone,
): ApplicationWords {
  const { summary, collection, goneAtMs, kind } = application;
  if (goneAtMs !== null) {
    return {
      level: 'unknown',
      word: 'Gone',
      sentence: 'It is no longer found; what is shown is the last that was known.',
      todo: null,
    };
  }
  if (summary === null || fresh === 'unknown') {
    return unknown(
      collection.failure?.message ?? 'It has been found, and not been read yet.',
      collection.failure === null ? 'It is read within its cadence.' : null,
    );
  }
  if (fresh === 'stale') {
    return unknown(
      collection.failure?.message ?? 'Its last reading is too old to tell how it is now.',
      'What is shown is the last reading; it is renewed as soon as reading works again.',
    );
  }
  const { status, symptoms } = summary;
  const [gravest] = symptoms;
  const lossAhead = symptoms.some((symptom) => symptom.kind === 'data-loss-ahead');
  const level = levelOfStatus(status, lossAhead);
  const word = STATUS_WORDS[status];
  if (gravest === undefined) {
    const behind = status === 'OK' ? behindWords(summary) : null;
    return behind === null
      ? { level, word, sentence: meaningOf(status, kind), todo: null }
      : { ...behind, word: 'Behind', todo: null };
  }
  const { what, todo } = symptomWords(gravest, zone);
  return { level, word, sentence: what, todo };
}

/** Farther behind than this, a reader that does nothing wrong is not said to be well. */
const BEHIND_FROM_MS = 60_000;

/** No rule finds a fault, and yet it is behind; null where it is not. */
function behindWords({
  lag,
  trend,
}: ApplicationSummary): Pick<ApplicationWords, 'level' | 'sentence'> | null {
  if (lag.kind !== 'interval' || lag.atLeastMs < BEHIND_FROM_MS) return null;
  switch (trend) {
    case 'falling':
      return { level: 'ok', sentence: 'It is behind, and catches up.' };
    case 'growing':
      return {
        level: 'warning',
        sentence:
          'It is behind, and falls farther behind; whether that lasts shows over the next minutes.',
      };
    case 'steady':
      return {
        level: 'ok',
        sentence: 'It is behind, and neither catches up nor falls farther behind.',
      };
    case 'unknown':
      return {
        level: 'unknown',
        sentence: 'It is behind; whether it catches up shows once it has been seen for longer.',
      };
  }
}

function meaningOf(status: keyof typeof STATUS_MEANINGS, kind: ApplicationView['kind']): string {
  const byMetric = kind !== 'kcl' && kind !== 'lifion';
  return status === 'OK' && byMetric
    ? 'AWS tells that it reads what is written.'
    : STATUS_MEANINGS[status];
}

function unknown(sentence: string, todo: string | null): ApplicationWords {
  return { level: 'unknown', word: STATUS_WORDS.UNKNOWN, sentence, todo };
}
