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

/** A level by form, colour and word. */
export function HealthMark({ level }: { readonly level: HealthLevel }) {
  return (
    <span className={classes.mark} data-level={level}>
      <HealthIcon level={level} />
      {HEALTH_WORDS[level]}
    </span>
  );
}
