import { parseArgs } from 'node:util';
import { z } from 'zod';
import { METRICS_PROFILES, type MetricsProfile } from './cloudwatch/metric-clock.ts';
import type { SyntheticWorld } from './scenario/synthetic-world.ts';
import { DEFAULT_WORLD, type WorldOptions } from './world-options.ts';

/** A message for the person who typed the options. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

export const HELP = `Kinetoscope's embedded AWS: Kinesis, CloudWatch, DynamoDB and S3 on this machine, in memory.

  npm run local-aws -- [options]

  --port N                      Kinesis, CloudWatch, STS, Firehose, Lambda (4567; 0 takes any free port, here and below)
  --dynamodb-port N             DynamoDB (4568)
  --s3-port N                   S3 (4569)
  --admin-port N                health, faults, control of the scenario (4570)
  --scenario demo|none          who writes and reads (demo)
  --seed N                      the same seed makes the same keys, payloads and rates (1)
  --past-minutes N              what has happened before the start, 0 to 2880 (30; 0 without a scenario)
  --rate X                      multiplies what producers send (1)
  --skew X                      Zipf exponent of the tweets' topics (1.1)
  --world streams=N,shards=N    N more streams of N shards each, with a light load (streams=1)
  --bytes-max N                 memory for records, bytes (536870912)
  --limit-scale X|off           scale of the limits of a shard (1)
  --api-rates X|off             scale of how often operations may be called (1; off on a virtual clock)
  --transition-seconds X        how long a stream is CREATING, UPDATING, DELETING (2)
  --metrics demo|aws            5 s at once, or 60 s with a delay of 90 s (demo)
  --metrics-period-seconds N    period of CloudWatch's datapoints
  --metrics-delay-seconds N     how late they are seen
  --clock wall|virtual          virtual stands still unless POST /clock moves it (wall)
  --help
`;

const OPTIONS = {
  port: { type: 'string' },
  'dynamodb-port': { type: 'string' },
  's3-port': { type: 'string' },
  'admin-port': { type: 'string' },
  scenario: { type: 'string' },
  seed: { type: 'string' },
  'past-minutes': { type: 'string' },
  rate: { type: 'string' },
  skew: { type: 'string' },
  world: { type: 'string' },
  'bytes-max': { type: 'string' },
  'limit-scale': { type: 'string' },
  'api-rates': { type: 'string' },
  'transition-seconds': { type: 'string' },
  metrics: { type: 'string' },
  'metrics-period-seconds': { type: 'string' },
  'metrics-delay-seconds': { type: 'string' },
  clock: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** The launcher's contract; options given by hand come before. */
const environment = z.object({
  LOCAL_AWS_PORT: z.string().optional(),
  LOCAL_AWS_DYNAMODB_PORT: z.string().optional(),
  LOCAL_AWS_S3_PORT: z.string().optional(),
  LOCAL_AWS_ADMIN_PORT: z.string().optional(),
  LOCAL_AWS_TRANSITION_SECONDS: z.string().optional(),
});

type Environment = Readonly<Record<string, string | undefined>>;

const port = z.coerce.number().int().min(0).max(65_535);
const whole = z.coerce.number().int().min(0);
const positive = z.coerce.number().gt(0);

/**
 * Options of a process that runs one world.
 * @returns 'help' where that was asked for.
 * @throws OptionsError with a readable line.
 */
export function parseOptions(args: readonly string[], env: Environment): WorldOptions | 'help' {
  const given = readArguments(args);
  if (given.help === true) {
    return 'help';
  }
  const fromEnv = environment.parse(env);
  const read = <T>(name: keyof typeof OPTIONS, schema: z.ZodType<T>, fallback: T): T =>
    readValue(`--${name}`, given[name], schema, fallback);
  const readEither = (
    name: keyof typeof OPTIONS,
    variable: keyof typeof fromEnv,
    schema: z.ZodType<number>,
    or: number,
  ) =>
    given[name] === undefined
      ? readValue(variable, fromEnv[variable], schema, or)
      : read(name, schema, or);
  const readPort = (name: keyof typeof OPTIONS, variable: keyof typeof fromEnv, or: number) =>
    readEither(name, variable, port, or);

  const { ports } = DEFAULT_WORLD;
  const scenario = read('scenario', z.enum(['demo', 'none']), DEFAULT_WORLD.scenario);
  const quiet = scenario === 'none';
  const clock = read('clock', z.enum(['wall', 'virtual']), DEFAULT_WORLD.clock);
  return {
    ports: {
      kinesis: readPort('port', 'LOCAL_AWS_PORT', ports.kinesis),
      dynamodb: readPort('dynamodb-port', 'LOCAL_AWS_DYNAMODB_PORT', ports.dynamodb),
      s3: readPort('s3-port', 'LOCAL_AWS_S3_PORT', ports.s3),
      admin: readPort('admin-port', 'LOCAL_AWS_ADMIN_PORT', ports.admin),
    },
    region: DEFAULT_WORLD.region,
    scenario,
    world: read('world', syntheticWorld, null),
    seed: read('seed', whole, DEFAULT_WORLD.seed),
    pastMinutes: read('past-minutes', whole.max(2_880), quiet ? 0 : DEFAULT_WORLD.pastMinutes),
    rate: read('rate', positive, DEFAULT_WORLD.rate),
    skew: read('skew', z.coerce.number().min(0), DEFAULT_WORLD.skew),
    recordBytesMax: read('bytes-max', whole.min(1), DEFAULT_WORLD.recordBytesMax),
    limitScale: read('limit-scale', z.union([off, positive]), DEFAULT_WORLD.limitScale),
    // A clock that stands still gives nothing back of what a second allows.
    apiRateScale: read(
      'api-rates',
      z.union([off, positive]),
      clock === 'virtual' ? null : DEFAULT_WORLD.apiRateScale,
    ),
    transitionMs:
      1_000 *
      readEither(
        'transition-seconds',
        'LOCAL_AWS_TRANSITION_SECONDS',
        z.coerce.number().min(0),
        DEFAULT_WORLD.transitionMs / 1_000,
      ),
    metrics: readMetrics(read),
    startAtMs: DEFAULT_WORLD.startAtMs,
    clock,
  };
}

type Read = <T>(name: keyof typeof OPTIONS, schema: z.ZodType<T>, fallback: T) => T;

function readMetrics(read: Read): MetricsProfile {
  const profile = METRICS_PROFILES[read('metrics', z.enum(['demo', 'aws']), 'demo')];
  return {
    basePeriodMs:
      1_000 * read('metrics-period-seconds', whole.min(1), profile.basePeriodMs / 1_000),
    delayMs: 1_000 * read('metrics-delay-seconds', whole, profile.delayMs / 1_000),
  };
}

const off = z.literal('off').transform(() => null);

/** `streams=500,shards=4`, either of which may be left out. */
const syntheticWorld = z.string().transform((text, context): SyntheticWorld => {
  const match = /^(?:streams=(\d+))?,?(?:shards=(\d+))?$/.exec(text);
  const world = { streams: Number(match?.[1] ?? 1), shards: Number(match?.[2] ?? 1) };
  if (text === '' || match === null || world.streams < 1 || world.shards < 1) {
    context.addIssue('expected streams=N,shards=N');
  }
  return world;
});

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OptionsError(`${why}\n\n${HELP}`);
  }
}

function readValue<T>(
  name: string,
  text: string | boolean | undefined,
  schema: z.ZodType<T>,
  fallback: T,
): T {
  if (text === undefined) {
    return fallback;
  }
  const parsed = schema.safeParse(text);
  if (!parsed.success) {
    const why = parsed.error.issues.map(({ message }) => message).join('; ');
    throw new OptionsError(`${name} ${text} is not possible: ${why}`);
  }
  return parsed.data;
}
