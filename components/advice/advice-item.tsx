import { HealthIcon } from '#components/primitives/health-mark.tsx';
import { ReshardLink } from '#components/reshard/reshard-link.tsx';
import { advisedReshards } from '#lib/advice/advised-reshards.ts';
import { findingWords } from '#lib/advice/finding-words.ts';
import { windowWords } from '#lib/advice/window-words.ts';
import type { Finding, Severity } from '#lib/domain/advice/finding.ts';
import type { HealthLevel } from '#lib/domain/health.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './advice-panel.module.css';

/** By which mark a severity is shown: a remark is neither good nor bad. */
export const LEVEL_OF: Readonly<Record<Severity, HealthLevel>> = {
  critical: 'critical',
  warning: 'warning',
  info: 'unknown',
};

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: 'Needs you',
  warning: 'To watch',
  info: 'Remark',
};

/** One finding: what, by which figures, what to do, and the plans that would do it. */
export function AdviceItem({ finding }: { readonly finding: Finding }) {
  const words = findingWords(finding);
  const reshards = advisedReshards(finding);
  return (
    <li className={classes.item} data-severity={finding.severity}>
      <h3 className={classes.itemTitle}>
        <HealthIcon level={LEVEL_OF[finding.severity]} />
        <span className={classes.severity}>{SEVERITY_WORDS[finding.severity]}:</span> {words.title}
      </h3>
      <p>{words.sentence}</p>
      <p className={classes.todo}>
        <strong>What to do.</strong> {words.todo}
      </p>
      {reshards.length > 0 && (
        <div className={classes.plans}>
          {reshards.map(({ label, target }) => (
            <ReshardLink key={label} target={target}>
              {label}…
            </ReshardLink>
          ))}
        </div>
      )}
      <dl className={classes.figures}>
        {words.figures.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <FigureWindow finding={finding} />
      </dl>
    </li>
  );
}

/** Of when the figures are; what is a property of the shards has no time. */
function FigureWindow({ finding }: { readonly finding: Finding }) {
  const zone = useZone();
  if (!('window' in finding)) return null;
  const { fromMs, toMs, periodSeconds } = finding.window;
  return (
    <div>
      <dt>Of the time</dt>
      <dd>
        {windowWords(fromMs, toMs, zone)}, periods of {periodSeconds} s
      </dd>
    </div>
  );
}
