import { memo } from 'react';
import type { LagSpark as Spark } from '#lib/consumers/application-view.ts';
import { sparkPath } from '#lib/consumers/spark-path.ts';
import type { LagTrend } from '#lib/domain/consumers/application-health.ts';
import { formatAge } from '#lib/format/age.ts';
import classes from './lag-spark.module.css';

const WIDTH = 96;
const HEIGHT = 24;

const TREND_WORDS: Readonly<Record<LagTrend, string>> = {
  falling: 'falling',
  steady: 'steady',
  growing: 'growing',
  unknown: 'trend unknown',
};
const TREND_SIGNS: Readonly<Record<LagTrend, string>> = {
  falling: '↘',
  steady: '→',
  growing: '↗',
  unknown: '',
};

/** Upper bound of the worst lag, minute by minute over the last half hour, and where it goes. */
export const LagSpark = memo(function LagSpark(props: {
  readonly spark: Spark | null;
  readonly trend: LagTrend;
}) {
  const { spark, trend } = props;
  const drawn = spark === null ? null : sparkPath(spark, WIDTH, HEIGHT);
  const words =
    drawn?.maxSeconds == null
      ? 'nothing is recorded of the last 30 min'
      : `at most ${formatAge(drawn.maxSeconds * 1_000)} in the last 30 min, ${TREND_WORDS[trend]}`;
  return (
    <span className={classes.spark} title={`Upper bound of the worst lag: ${words}`}>
      <svg
        className={classes.drawing}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Lag ${words}`}
      >
        <path className={classes.floor} d={`M0 ${HEIGHT - 1}H${WIDTH}`} />
        {drawn !== null && <path className={classes.line} d={drawn.line} />}
      </svg>
      <span className={classes.trend} data-trend={trend} aria-hidden>
        {TREND_SIGNS[trend]}
      </span>
    </span>
  );
});
