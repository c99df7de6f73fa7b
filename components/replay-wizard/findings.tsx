import type { FindingView } from '#lib/replay/view/plan.ts';
import classes from './replay-wizard.module.css';

/** What stands against a replay, and what has to be known of it: each with what it means and what to do. */
export function Findings(props: {
  readonly refusals: readonly FindingView[];
  readonly warnings: readonly FindingView[];
}) {
  const all = [
    ...props.refusals.map((finding) => ({ finding, level: undefined })),
    ...props.warnings.map((finding) => ({ finding, level: 'warning' })),
  ];
  return all.map(({ finding: { kind, title, words, todo }, level }) => (
    <div key={`${kind} ${title}`} className={classes.notice} data-level={level}>
      <p className={classes.noticeTitle}>{title}</p>
      <p>{words}</p>
      <p>{todo}</p>
    </div>
  ));
}
