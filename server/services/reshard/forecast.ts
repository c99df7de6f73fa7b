import { type Boundaries, rangesOf } from '#lib/domain/reshard/boundaries.ts';
import type { LoadEstimate } from '#lib/domain/reshard/load/load-estimate.ts';
import { isLoadUnknown, loadOfRange } from '#lib/domain/reshard/load/load-of-range.ts';
import type { WriteRate } from '#lib/domain/reshard/load/write-rate.ts';
import type { LoadBasis } from '#lib/reshard/preview-view.ts';
import type { StoredForecast } from '#server/db/schema.ts';

/** What each planned shard will take by an estimate, to be kept with the plan: rounded to whole bytes, and hundredths of records. */
export function forecastOf(
  to: Boundaries,
  load: LoadEstimate,
  basis: LoadBasis & { readonly periodSeconds: number | null },
): StoredForecast {
  const { minutes, by, untilMs, periodSeconds } = basis;
  const rates = rangesOf(to).map((range): [number, number] | null => {
    if (isLoadUnknown(load, range)) return null;
    const { bytesPerSecond, recordsPerSecond } = loadOfRange(load, range);
    return [Math.round(bytesPerSecond), Math.round(recordsPerSecond * 100) / 100];
  });
  return { minutes, by, untilMs, periodSeconds, rates };
}

/** Of the planned shards in range order; null: unknown. */
export function ratesOfForecast({ rates }: StoredForecast): readonly (WriteRate | null)[] {
  return rates.map((rate) =>
    rate === null ? null : { bytesPerSecond: rate[0], recordsPerSecond: rate[1] },
  );
}
