import IconAlertOctagonFilled from '@tabler/icons-react/dist/esm/icons/IconAlertOctagonFilled.mjs';
import IconAlertTriangleFilled from '@tabler/icons-react/dist/esm/icons/IconAlertTriangleFilled.mjs';
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconHelpCircle from '@tabler/icons-react/dist/esm/icons/IconHelpCircle.mjs';
import type { HealthLevel } from '#lib/domain/health.ts';
import classes from './health-mark.module.css';

/** The word that stands for a level, everywhere. */
export const HEALTH_WORDS: Readonly<Record<HealthLevel, string>> = {
  critical: 'Needs you',
  warning: 'To watch',
  unknown: 'Unknown',
  ok: 'OK',
};

const ICONS = {
  critical: IconAlertOctagonFilled,
  warning: IconAlertTriangleFilled,
  unknown: IconHelpCircle,
  ok: IconCircleCheck,
} as const;

export function HealthIcon({ level }: { readonly level: HealthLevel }) {
  const Icon = ICONS[level];
  return <Icon className={classes.icon} data-level={level} size={15} stroke={1.75} aria-hidden />;
}

/** How a thing is, by form, colour and word: that of the level, or one of its own. */
export function HealthMark(props: {
  readonly level: HealthLevel;
  readonly word?: string;
  /** What the word means, on hover. */
  readonly title?: string | undefined;
}) {
  const { level, word = HEALTH_WORDS[level], title } = props;
  return (
    <span className={classes.mark} data-level={level} title={title}>
      <HealthIcon level={level} />
      {word}
    </span>
  );
}
