import {
  CreateStreamCommand,
  type CreateStreamInput,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  type Shard,
  type StreamDescriptionSummary,
} from '@aws-sdk/client-kinesis';
import { eventually } from './eventually.ts';
import type { Names } from './names.ts';
import { asRefusal } from './refusal.ts';

export interface LeasedStream {
  readonly name: string;
  readonly arn: string;
}

/** As for CreateStream; with one shard, provisioned, where nothing is said. */
export type StreamWish = Omit<CreateStreamInput, 'StreamName'>;

interface StreamLeaseOptions {
  readonly kinesis: Pick<KinesisClient, 'send'>;
  readonly names: Names;
  readonly signal: AbortSignal;
}

/** The streams of one case: made under fresh names, waited for, and deleted at the end whatever happened. */
export class StreamLease {
  readonly #kinesis: Pick<KinesisClient, 'send'>;
  readonly #names: Names;
  readonly #signal: AbortSignal;
  readonly #held = new Set<string>();

  constructor({ kinesis, names, signal }: StreamLeaseOptions) {
    this.#kinesis = kinesis;
    this.#names = names;
    this.#signal = signal;
  }

  /** A stream that is ACTIVE. */
  async make(wish: StreamWish = {}): Promise<LeasedStream> {
    const { name } = await this.begin(wish);
    const { StreamARN: arn } = await this.active(name);
    if (arn === undefined) throw new Error(`DescribeStreamSummary gives no StreamARN of ${name}.`);
    return { name, arn };
  }

  /** A stream as CreateStream leaves it, most likely CREATING. */
  async begin(wish: StreamWish = {}): Promise<{ readonly name: string }> {
    const name = this.#names.next();
    await this.#create(name, wish);
    return { name };
  }

  /** A stream that is ACTIVE, under a name of the case's own. */
  async makeNamed(name: string, wish: StreamWish = {}): Promise<void> {
    await this.#create(name, wish);
    await this.active(name);
  }

  async #create(name: string, wish: StreamWish): Promise<void> {
    this.adopt(name);
    const onDemand = wish.StreamModeDetails?.StreamMode === 'ON_DEMAND';
    const create = new CreateStreamCommand({
      StreamName: name,
      ...(onDemand ? {} : { ShardCount: 1 }),
      ...wish,
    });
    await eventually(`${name} may be created`, this.#signal, async () => {
      try {
        await this.#kinesis.send(create);
        return true;
      } catch (error) {
        if (isWaitingForOthers(error)) return undefined;
        throw error;
      }
    });
  }

  /** To be deleted at the end too: a name under which the case makes a stream by itself. */
  adopt(name: string): string {
    this.#held.add(name);
    return name;
  }

  /** Waits until the stream is ACTIVE (again), e.g. after a split. */
  active(name: string): Promise<StreamDescriptionSummary> {
    return eventually(`${name} is ACTIVE`, this.#signal, async () => {
      const summary = await this.summary(name);
      return summary.StreamStatus === 'ACTIVE' ? summary : undefined;
    });
  }

  /** @param stream its name or its ARN */
  async summary(stream: string): Promise<StreamDescriptionSummary> {
    const { StreamDescriptionSummary: summary } = await this.#kinesis.send(
      new DescribeStreamSummaryCommand(
        stream.startsWith('arn:') ? { StreamARN: stream } : { StreamName: stream },
      ),
    );
    if (summary === undefined) throw new Error('DescribeStreamSummary gives no summary.');
    return summary;
  }

  /** Deletes it now, with its consumers. */
  async remove(name: string): Promise<void> {
    await this.#kinesis.send(
      new DeleteStreamCommand({ StreamName: name, EnforceConsumerDeletion: true }),
    );
  }

  /** Waits until the stream is no more. */
  gone(name: string): Promise<true> {
    return eventually(`${name} is deleted`, this.#signal, async () => {
      try {
        await this.summary(name);
        return undefined;
      } catch (error) {
        if (asRefusal(error)?.name === 'ResourceNotFoundException') return true;
        throw error;
      }
    });
  }

  /** All shards, closed ones too, by shard id. */
  async shards(name: string): Promise<Shard[]> {
    const all: Shard[] = [];
    let token: string | undefined;
    do {
      const { Shards = [], NextToken } = await this.#kinesis.send(
        new ListShardsCommand(token === undefined ? { StreamName: name } : { NextToken: token }),
      );
      all.push(...Shards);
      token = NextToken;
    } while (token !== undefined);
    return all.sort((a, b) => ((a.ShardId ?? '') < (b.ShardId ?? '') ? -1 : 1));
  }

  /**
   * Deletes what was made.
   *
   * @param kinesis not bound to the case's deadline, which may be over
   * @returns the names that could not be deleted
   */
  async release(kinesis: Pick<KinesisClient, 'send'>): Promise<string[]> {
    const left = await Promise.all(
      [...this.#held].map(async (name) => ((await deleteStream(kinesis, name)) ? [] : [name])),
    );
    return left.flat();
  }
}

/** "More than five streams in the CREATING state" ends by itself; an account without room for shards does not. */
function isWaitingForOthers(error: unknown): boolean {
  const refusal = asRefusal(error);
  return refusal?.name === 'LimitExceededException' && !/shard limit/i.test(refusal.message);
}

/** @returns false when it is still there and will not go */
async function deleteStream(kinesis: Pick<KinesisClient, 'send'>, name: string): Promise<boolean> {
  try {
    await kinesis.send(
      new DeleteStreamCommand({ StreamName: name, EnforceConsumerDeletion: true }),
    );
    return true;
  } catch (error) {
    // Not there: the case deleted it, or never made it. Being deleted: it is on its way.
    const name = asRefusal(error)?.name;
    return name === 'ResourceNotFoundException' || name === 'ResourceInUseException';
  }
}
