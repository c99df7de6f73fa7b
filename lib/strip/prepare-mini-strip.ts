import { type MiniStrip, unpackPercents } from '#lib/live/mini-strip.ts';
import { rectPath } from './rect-path.ts';
import { stepOfUse, type UseStep } from './use-step.ts';

/** Whole percent in a mini strip that stands for "no datapoint". */
const UNKNOWN_PERCENT = 255;
/** A column that is not idle is at least this share of the height, so that it can be seen. */
const LEAST_FILL = 0.08;

/** What to draw in a box of `columnCount` x 100 units, and how to say it. */
export type MiniStripDrawing = {
  readonly columnCount: number;
  /** One path a step, of the columns in that step; steps without a column are left out. */
  readonly fills: readonly { readonly step: UseStep; readonly d: string }[];
  /** Columns of which nothing is known; empty text where there is none. */
  readonly unknown: string;
  /** Caps over the columns in which a shard refused records; empty text where there is none. */
  readonly throttled: string;
  readonly description: string;
};

/** Share of the height that the limit line stands at: what is above is headroom. */
const LIMIT_AT = 0.8;
/** Height of the cap that marks throttling, in hundredths of the box. */
const CAP = 12;

export function prepareMiniStrip(strip: MiniStrip): MiniStripDrawing {
  const byStep = new Map<UseStep, string>();
  let unknown = '';
  let throttled = '';
  let worstPercent = -1;
  const percents = unpackPercents(strip.use);
  for (const column of strip.throttled) throttled += rectPath(column, 0, 1, CAP);
  for (const { percent, column, width } of runsOf(percents)) {
    if (percent === UNKNOWN_PERCENT) {
      unknown += rectPath(column, 96, width, 4);
      continue;
    }
    worstPercent = Math.max(worstPercent, percent);
    const step = stepOfUse(percent / 100) ?? 0;
    const share = Math.min(1, Math.max(percent / 100, LEAST_FILL) * LIMIT_AT);
    const height = step === 0 ? 4 : share * 100;
    byStep.set(step, (byStep.get(step) ?? '') + rectPath(column, 100 - height, width, height));
  }
  return {
    columnCount: percents.length,
    fills: [...byStep].sort(([a], [b]) => a - b).map(([step, d]) => ({ step, d })),
    unknown,
    throttled,
    description: describe(worstPercent, strip.throttled.length, percents.length),
  };
}

/** Columns side by side that are alike are drawn as one: there are hundreds of these drawings. */
function runsOf(percents: readonly number[]) {
  const runs: { readonly percent: number; readonly column: number; width: number }[] = [];
  for (const [column, percent] of percents.entries()) {
    const last = runs.at(-1);
    if (last?.percent === percent) last.width += 1;
    else runs.push({ percent, column, width: 1 });
  }
  return runs;
}

function describe(worstPercent: number, throttledCount: number, columnCount: number): string {
  const worst =
    worstPercent < 0
      ? 'No datapoint for any shard'
      : `Shards by hash range: at most ${worstPercent} % of the tightest limit`;
  const refused =
    throttledCount === 0
      ? ''
      : `; records or reads refused in ${Math.max(1, Math.round((throttledCount / columnCount) * 100))} % of the ring`;
  return `${worst}${refused}`;
}
