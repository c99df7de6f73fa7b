import { HealthIcon } from '#components/primitives/health-mark.tsx';
import type { HealthLevel } from '#lib/domain/health.ts';
import classes from './status-mark.module.css';

/** A consumer's status by form, colour and word. */
export function StatusMark(props: {
  readonly level: HealthLevel;
  readonly word: string;
  readonly title?: string;
}) {
  return (
    <span className={classes.mark} data-level={props.level} title={props.title}>
      <HealthIcon level={props.level} />
      {props.word}
    </span>
  );
}
