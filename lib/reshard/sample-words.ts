import { MEBIBYTE } from '#lib/domain/limits.ts';
import { SAMPLE_BUDGET } from '#lib/domain/reshard/load/sample-budget.ts';
import type { SampleConfidence } from '#lib/domain/reshard/load/sample-confidence.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import type { SampledKeyView } from './sample-view.ts';

/** What a sample takes of the shard, said before it is taken. */
export const SAMPLE_COST = `Reads at most ${formatCount(SAMPLE_BUDGET.calls)} times and ${SAMPLE_BUDGET.bytes / MEBIBYTE} MiB of the last ${SAMPLE_BUDGET.windowMs / 60_000} min, two calls a second of the five that its readers share. It counts in GetRecords.IteratorAgeMilliseconds.`;

const VERDICTS: Readonly<Record<SampleConfidence['verdict'], string>> = {
  good: 'good enough to cut by',
  rough: 'rough, but used',
  'too-little': 'too little to cut by, so it is not used',
};

/** @example '4,000 records, good enough to cut by: half of the load is found to within 2 %' */
export function confidenceWords({
  records,
  shareError,
  invalidShare,
  verdict,
}: SampleConfidence): string {
  const invalid =
    invalidShare === 0
      ? ''
      : ` ${formatShare(invalidShare)} were put by explicit hash keys: where they lie is not known.`;
  return `${countOf(records, 'record')}, ${VERDICTS[verdict]}: half of the load is found to within ${formatShare(shareError)}.${invalid}`;
}

/** @example '86 % of the bytes, 50 % of the records' */
export function keyShareWords(key: SampledKeyView): string {
  return `${between(key.bytesShareMin, key.bytesShareMax)} of the bytes, ${between(key.recordsShareMin, key.recordsShareMax)} of the records`;
}

function between(min: number, max: number): string {
  const [low, high] = [formatShare(min), formatShare(max)];
  return low === high ? low : `${low} to ${high}`;
}
