import { z } from 'zod';
import { STREAM_METRIC_GROUPS } from '#lib/domain/shard-metric.ts';
import { parseStreamArn } from '#lib/domain/stream-arn.ts';
import { type Cadence, type Connection, type Endpoints, SERVICES } from './config.ts';

const name = z.string({ error: 'a connection needs a name' }).regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
  error: 'takes lower case letters, digits and hyphens, at most 63, e.g. "production"',
});

const region = z
  .string({ error: 'needs an AWS region, e.g. "eu-central-1"' })
  .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, { error: 'is no AWS region; one looks like "eu-central-1"' });

const roleArn = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/, {
  error: 'is no role; one looks like "arn:aws:iam::123456789012:role/kinetoscope"',
});

const endpoint = z.url({
  protocol: /^https?$/,
  error: 'takes a URL that starts with http:// or https://, e.g. "http://127.0.0.1:4566"',
});

const text = (what: string) => z.string().min(1, { error: `takes ${what}, or is left out` });

const pattern = z.string().min(1, { error: 'takes a pattern of stream names, e.g. "orders-*"' });

const streamArn = z.string().refine((arn) => parseStreamArn(arn) !== null, {
  error:
    'is no ARN of a stream; one looks like "arn:aws:kinesis:eu-central-1:123456789012:stream/orders"',
});

const secondsFrom = (min: number) =>
  z.int({ error: 'takes whole seconds' }).min(min, { error: `takes at least ${min} s` });

const secret = z
  .never({
    error:
      'secrets do not belong into this file. Use the standard credential chain: a profile ("profile"), environment variables (AWS_ACCESS_KEY_ID...), SSO or an instance role',
  })
  .optional();

const endpoints = z.strictObject({
  kinesis: endpoint.optional(),
  cloudwatch: endpoint.optional(),
  dynamodb: endpoint.optional(),
  s3: endpoint.optional(),
  sts: endpoint.optional(),
  lambda: endpoint.optional(),
  firehose: endpoint.optional(),
} satisfies Record<(typeof SERVICES)[number], unknown>);

/** Shortest period of AWS's own metrics of Kinesis, seconds. */
const AWS_PERIOD_SECONDS = 60;
/** Longest that our roll-up can put into its longest tier. */
const PERIOD_SECONDS_MAX = 3_600;

/** Periods that GetMetricData serves: 1, 5, 10, 20, 30 or a multiple of 60 s (API reference, MetricStat). */
const periodSeconds = secondsFrom(1)
  .max(PERIOD_SECONDS_MAX, { error: `takes at most ${PERIOD_SECONDS_MAX} s` })
  .refine((seconds) => [1, 5, 10, 20, 30].includes(seconds) || seconds % 60 === 0, {
    error: 'is no period that CloudWatch serves: takes 1, 5, 10, 20, 30 or a multiple of 60 s',
  });

const metrics = z.strictObject({
  periodSeconds: periodSeconds.default(60),
  delaySeconds: secondsFrom(0).default(120),
  also: z
    .array(
      z.enum(STREAM_METRIC_GROUPS, {
        error: `takes ${STREAM_METRIC_GROUPS.map((group) => `"${group}"`).join(' and ')}`,
      }),
    )
    .default([...STREAM_METRIC_GROUPS]),
});

const cadence = z.strictObject({
  watchedSeconds: secondsFrom(1).default(60),
  unwatchedSeconds: secondsFrom(1).default(300),
  topologySeconds: secondsFrom(1).default(60),
});

const consumers = z.strictObject({
  discoverySeconds: secondsFrom(5).default(300),
  watchedSeconds: secondsFrom(1).default(10),
  unwatchedSeconds: secondsFrom(1).default(60),
  tableShare: z
    .number()
    .gt(0, { error: 'takes a share above 0' })
    .max(0.5, {
      error: 'takes a share of at most 0.5: what is left has to do for the application itself',
    })
    .default(0.1),
  onDemandUnitsPerSecond: z
    .number()
    .gt(0, { error: 'takes read capacity units a second above 0' })
    .default(25),
  observationHours: z
    .number()
    .gt(0, { error: 'takes hours above 0' })
    .max(168, { error: 'takes at most 168 hours' })
    .default(2),
  probe: z.boolean({ error: 'is true or false' }).default(false),
});

/** `none`: whatever the cadences make it. Nothing at all would be no watching: 0 is refused. */
const BUDGET_WORDS = 'takes dollars a day above 0, e.g. 1, or "none" for no budget';
const budgetDollarsPerDay = z
  .union([z.literal('none').transform(() => null), z.number().gt(0, BUDGET_WORDS)], {
    error: BUDGET_WORDS,
  })
  .default(1);

const fields = z.strictObject({
  name,
  region,
  profile: text('the name of a profile, e.g. "production"').optional(),
  roleArn: roleArn.optional(),
  externalId: text('the external id that the role asks for')
    .min(2, { error: 'takes at least 2 characters' })
    .max(1224, { error: 'takes at most 1,224 characters' })
    .optional(),
  endpoints: endpoints.prefault({}),
  streamArns: z.array(streamArn).default([]),
  include: z.array(pattern).default([]),
  exclude: z.array(pattern).default([]),
  readOnly: z.boolean({ error: 'is true or false' }).default(false),
  metrics: metrics.prefault({}),
  cadence: cadence.prefault({}),
  consumers: consumers.prefault({}),
  quotaShare: z
    .number()
    .gt(0, { error: 'takes a share above 0' })
    .max(1, { error: 'takes a share of at most 1' })
    .default(0.2),
  budgetDollarsPerDay,
  backfillHours: z
    .number()
    .min(0, { error: 'takes hours from 0 on' })
    .max(168, { error: 'takes at most 168 hours' })
    .default(3),
  accessKeyId: secret,
  secretAccessKey: secret,
  sessionToken: secret,
});

/** A connection as people write it; what comes out is complete. */
export const connectionSchema = fields
  .refine((c) => c.externalId === undefined || c.roleArn !== undefined, {
    path: ['externalId'],
    error: 'belongs to a role: give "roleArn" too, or leave it out',
  })
  .refine(
    (c) => c.metrics.periodSeconds >= AWS_PERIOD_SECONDS || c.endpoints.cloudwatch !== undefined,
    {
      path: ['metrics', 'periodSeconds'],
      error:
        'takes at least 60 s: AWS has no finer metrics of Kinesis. Shorter periods are for an endpoint of your own ("endpoints.cloudwatch")',
    },
  )
  .superRefine((c, context) => {
    const names = new Map<string, number>();
    for (const [i, arn] of c.streamArns.entries()) {
      const parsed = parseStreamArn(arn);
      if (parsed === null) continue;
      const path = ['streamArns', i];
      if (parsed.region !== c.region) {
        const message = `lies in ${parsed.region}, and the connection in ${c.region}. Kinesis answers for one region: make a connection of its own for it`;
        context.addIssue({ code: 'custom', path, message });
      }
      const other = names.get(parsed.streamName);
      names.set(parsed.streamName, i);
      if (other === undefined) continue;
      const message = `bears the name "${parsed.streamName}" as number ${other + 1} does. Streams of a connection go by their names: make a connection of its own for it`;
      context.addIssue({ code: 'custom', path, message });
    }
  })
  .transform(
    (c): Connection => ({
      name: c.name,
      region: c.region,
      source: sourceOf(definedOnly(c.endpoints)),
      credentials: {
        kind: 'chain',
        profile: c.profile ?? null,
        roleArn: c.roleArn ?? null,
        externalId: c.externalId ?? null,
      },
      endpoints: definedOnly(c.endpoints),
      streamArns: c.streamArns,
      include: c.include,
      exclude: c.exclude,
      readOnly: c.readOnly,
      metrics: c.metrics,
      cadence: notFasterThanFigures(c.cadence, c.metrics),
      consumers: c.consumers,
      quotaShare: c.quotaShare,
      budgetDollarsPerDay: c.budgetDollarsPerDay,
      backfillHours: c.backfillHours,
    }),
  );

/**
 * Where nothing comes late, figures come once a period, however often they are asked for. A cadence told shorter
 * would call them stale for the rest of each period: they are stale two cadences after they were read. (What comes
 * late may come at any time, and is looked for as often as was asked.)
 */
function notFasterThanFigures(
  told: Cadence,
  { periodSeconds, delaySeconds }: Connection['metrics'],
): Cadence {
  if (delaySeconds > 0) return told;
  return {
    ...told,
    watchedSeconds: Math.max(told.watchedSeconds, periodSeconds),
    unwatchedSeconds: Math.max(told.unwatchedSeconds, periodSeconds),
  };
}

/** A connection as people write it, before it is checked: what the environment is turned into. */
export type ConnectionInput = z.input<typeof connectionSchema>;

const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  endpoints: Object.keys(endpoints.shape),
  metrics: Object.keys(metrics.shape),
  cadence: Object.keys(cadence.shape),
  consumers: Object.keys(consumers.shape),
};

const SECRET_KEYS = ['accessKeyId', 'secretAccessKey', 'sessionToken'];
const CONNECTION_KEYS = Object.keys(fields.shape).filter((key) => !SECRET_KEYS.includes(key));

/** Keys that are allowed in a connection, or in the section of it that `path` ends in. */
export function connectionKeysAt(path: readonly PropertyKey[]): readonly string[] {
  return SECTIONS[String(path.at(-1))] ?? CONNECTION_KEYS;
}

function definedOnly(given: { readonly [S in keyof Endpoints]?: string | undefined }): Endpoints {
  const entries = SERVICES.flatMap((service) => {
    const url = given[service];
    return url === undefined ? [] : [[service, url] as const];
  });
  return Object.fromEntries(entries);
}

function sourceOf(given: Endpoints): string {
  return given.kinesis === undefined ? 'AWS' : new URL(given.kinesis).host;
}
