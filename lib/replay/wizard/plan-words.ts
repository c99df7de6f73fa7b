import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import type { PlanView } from '#lib/replay/view/plan.ts';
import { significant } from './round-figure.ts';

/** What will be sent, with how sure that is. @example '12,000 ± 900 records' */
export function recordsWords({ records, recordsError }: PlanView): string | null {
  if (records === null) return null;
  if (recordsError === 0) return countOf(Math.round(records), 'record');
  if (recordsError === null) return `about ${countOf(significant(records), 'record')}`;
  return `${formatCount(Math.round(records))} ± ${countOf(Math.ceil(recordsError), 'record')}`;
}

/** How sure the number of records is, in a sentence. */
export function errorWords({ recordsError, sample }: PlanView): string {
  const looked = `${countOf(sample.records, 'record')} in ${countOf(sample.objects, 'object')} were looked at`;
  if (recordsError === 0) return `${looked}, which is all of them.`;
  if (recordsError === null) return `${looked}: too few to tell how far off it may be.`;
  return `${looked}; in 95 of 100 such samples the truth lies within it.`;
}

/** What will happen, in one paragraph, before somebody says yes to it. */
export function whatWillHappen(
  plan: PlanView,
  settings: ReplaySettings,
  isSource: boolean,
): string {
  const { source, target, order } = settings;
  const records = recordsWords(plan);
  const kept =
    order === 'none'
      ? 'in any order'
      : order === 'per-key'
        ? '– those of a key in the order of the archive'
        : 'in the order of the archive, one by one';
  return [
    `${countOf(plan.objects, 'object')} (${formatBytes(plan.storedBytes)} as stored) of ${source.bucket}/${source.prefix} will be read, each at the version that was listed.`,
    `${capital(records ?? 'records, nobody knows how many,')} will be written into ${target.streamName}${isSource ? ', the stream that they came from,' : ''} ${kept}.`,
    plan.duration?.ms == null
      ? 'How long that takes is not known.'
      : `That takes about ${formatAge(plan.duration.ms)}.`,
    consumersWords(plan.target.consumers),
    'It can be paused and cancelled at any time; what was written until then stays in the stream.',
  ].join(' ');
}

function consumersWords(consumers: readonly string[]): string {
  return consumers.length === 0
    ? 'No consumer of the target is known.'
    : `${countOf(consumers.length, 'consumer')} will see them: ${consumers.join(', ')}.`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
