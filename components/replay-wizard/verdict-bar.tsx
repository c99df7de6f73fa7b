import type { SampleView } from '#lib/replay/view/archive-sample.ts';
import classes from './verdict-bar.module.css';

/** What is sent, dropped and failed of a sample, as parts of a bar. The words beside it say the same. */
export function VerdictBar(props: {
  readonly totals: SampleView['totals'];
  readonly isOld: boolean;
}) {
  const { kept, failed, records, quarantined } = props.totals;
  const all = records + quarantined;
  if (all === 0) return null;
  const parts = [
    ['kept', kept],
    ['dropped', records - kept - failed],
    ['failed', failed + quarantined],
  ] as const;
  return (
    <div className={classes.bar} data-old={props.isOld || undefined} aria-hidden>
      {parts.map(([kind, count]) => (
        <span
          key={kind}
          className={classes.part}
          data-kind={kind}
          style={{ inlineSize: `${(count / all) * 100}%` }}
        />
      ))}
    </div>
  );
}
