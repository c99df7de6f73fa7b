import * as sdk from '@aws-sdk/client-kinesis';
import type { Behaviour, Case } from './case.ts';

/** What every operation has to answer for. */
const ASKED_OF_ALL = [
  'success',
  'missing-resource',
  'invalid-argument',
  'wrong-state',
  'limit',
] as const satisfies readonly Behaviour[];

type AskedOfAll = (typeof ASKED_OF_ALL)[number];

const NO_PARAMETER = 'It takes no parameter.';
const NAMES_NOTHING = 'It names no resource.';
const WORKS_IN_EVERY_STATE = 'It documents no state in which it is refused.';
const RATE_ONLY =
  'Its one documented limit is the call rate, and a burst of it would make or break what it changes.';
const RATE_WITHOUT_FIGURE = 'No limit of its own is documented.';

/** Behaviours that an operation has not, each with the reason. */
const DOES_NOT_APPLY: Readonly<Record<string, Readonly<Partial<Record<AskedOfAll, string>>>>> = {
  CreateChannel: {
    limit:
      'Its limit is a quota of the account (ChannelCountLimit), which only so many channels would show.',
  },
  CreateStream: { 'missing-resource': 'It makes the resource that it names.' },
  DeleteChannel: { 'wrong-state': WORKS_IN_EVERY_STATE, limit: RATE_ONLY },
  DeleteResourcePolicy: { limit: RATE_WITHOUT_FIGURE },
  DeleteStream: { limit: RATE_ONLY },
  DeregisterStreamConsumer: { 'wrong-state': WORKS_IN_EVERY_STATE, limit: RATE_ONLY },
  DescribeAccountSettings: {
    'missing-resource': NAMES_NOTHING,
    'invalid-argument': NO_PARAMETER,
    'wrong-state': WORKS_IN_EVERY_STATE,
  },
  DescribeChannel: {
    'wrong-state': WORKS_IN_EVERY_STATE,
    limit:
      'Its one documented limit is the call rate, which wants a channel; ListChannels has the same.',
  },
  DescribeLimits: {
    'missing-resource': NAMES_NOTHING,
    'invalid-argument': NO_PARAMETER,
    'wrong-state': WORKS_IN_EVERY_STATE,
  },
  DescribeStream: { 'wrong-state': WORKS_IN_EVERY_STATE },
  DescribeStreamConsumer: { 'wrong-state': WORKS_IN_EVERY_STATE },
  DescribeStreamSummary: { 'wrong-state': WORKS_IN_EVERY_STATE },
  GetRecords: { 'wrong-state': 'Reading goes on while a stream is UPDATING or DELETING.' },
  GetResourcePolicy: {
    'wrong-state':
      'ResourceInUseException stands in its list, but nothing says that reading a policy needs an ACTIVE stream.',
    limit: RATE_WITHOUT_FIGURE,
  },
  GetShardIterator: { 'wrong-state': WORKS_IN_EVERY_STATE },
  ListChannels: { 'missing-resource': NAMES_NOTHING, 'wrong-state': WORKS_IN_EVERY_STATE },
  ListShards: {
    'wrong-state':
      'ResourceInUseException stands in its list, but shards are listed while a stream is UPDATING.',
  },
  ListStreamConsumers: {
    'wrong-state':
      'ResourceInUseException stands in its list, but nothing says which state would refuse a list.',
  },
  ListStreams: { 'missing-resource': NAMES_NOTHING, 'wrong-state': WORKS_IN_EVERY_STATE },
  ListTagsForResource: {
    'wrong-state':
      'ResourceInUseException stands in its list, but tags are there from the CREATING status on.',
    limit: RATE_WITHOUT_FIGURE,
  },
  ListTagsForStream: { 'wrong-state': WORKS_IN_EVERY_STATE },
  MergeShards: { limit: RATE_ONLY },
  PutRecord: { 'wrong-state': 'Writing goes on while a stream is UPDATING or DELETING.' },
  PutRecords: { 'wrong-state': 'Writing goes on while a stream is UPDATING or DELETING.' },
  PutResourcePolicy: { limit: RATE_WITHOUT_FIGURE },
  SplitShard: {
    limit:
      'Its limits are its call rate and the shard quota of the account, which CreateStream shows with less.',
  },
  StartStreamEncryption: {
    limit: '25 keys in 24 hours: at AWS each takes minutes, more than a run may last.',
  },
  StopStreamEncryption: {
    limit: '25 times in 24 hours: at AWS each takes minutes, more than a run may last.',
  },
  SubscribeToShard: {
    limit:
      'Its call rate is per consumer and shard, where a second subscription is refused for its state.',
  },
  UpdateAccountSettings: {
    'missing-resource': NAMES_NOTHING,
    'wrong-state': 'Its one state is a commitment that cannot be ended for a day.',
    limit: RATE_ONLY,
  },
  UpdateChannel: { limit: RATE_ONLY },
  UpdateStreamRecordDistributionStrategy: { limit: RATE_WITHOUT_FIGURE },
};

/** The operations of Kinesis, as the SDK that is installed has them. */
export function operationsOfKinesis(): string[] {
  return Object.keys(sdk)
    .filter((name) => /^[A-Z]\w+Command$/.test(name))
    .map((name) => name.slice(0, -'Command'.length));
}

export interface Gaps {
  /** "Operation / behaviour" which neither a case nor a reason stands for. */
  readonly missing: readonly string[];
  /** ... for which both do. */
  readonly contradicted: readonly string[];
  /** Reasons for operations that there are not. */
  readonly unknown: readonly string[];
}

export function findGaps(operations: readonly string[], cases: readonly Case[]): Gaps {
  const tried = new Set(
    cases.map(
      ({ operation, behaviour }) =>
        // What a reshard leaves behind is its success, looked at closely.
        `${operation} / ${behaviour === 'lineage' ? 'success' : behaviour}`,
    ),
  );
  const all = operations.flatMap((operation) =>
    ASKED_OF_ALL.map((behaviour) => {
      const name = `${operation} / ${behaviour}`;
      return {
        name,
        tried: tried.has(name),
        excused: DOES_NOT_APPLY[operation]?.[behaviour] !== undefined,
      };
    }),
  );
  return {
    missing: all.filter((one) => !one.tried && !one.excused).map(({ name }) => name),
    contradicted: all.filter((one) => one.tried && one.excused).map(({ name }) => name),
    unknown: Object.keys(DOES_NOT_APPLY).filter((operation) => !operations.includes(operation)),
  };
}
