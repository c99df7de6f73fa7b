import { HealthMark } from '#components/primitives/health-mark.tsx';
import type { RunStatus } from '#lib/replay/run-status.ts';

/** The state of a replay: with a mark where it is well or needs somebody, else as a plain word. */
export function StateMark({ level, word, words }: Omit<RunStatus, 'sinceMs'>) {
  return level === null ? (
    <span title={words ?? undefined}>{word}</span>
  ) : (
    <HealthMark level={level} word={word} title={words ?? undefined} />
  );
}
