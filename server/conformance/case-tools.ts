import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ClientKind } from './client-kind.ts';
import type { Clients } from './clients.ts';
import { eventually } from './eventually.ts';
import type { Names } from './names.ts';
import { NotApplicableError } from './not-applicable.ts';
import { Observation } from './observation.ts';
import { boundSender, patientSender, type Sender } from './senders.ts';
import type { SharedStreams } from './shared-streams.ts';
import { type LeasedStream, StreamLease } from './stream-lease.ts';

export interface CaseToolsOptions {
  readonly clients: Clients;
  readonly names: Names;
  readonly shared: SharedStreams;
  readonly signal: AbortSignal;
}

/** Takes away what a case made, by clients whose calls are bound to the time for that. */
export type CleanUp = (clients: Clients) => Promise<unknown>;

/** What a case works with. Everything it sends ends at its deadline. */
export class CaseTools extends Observation {
  /** Waits while the account's call rate is exceeded: AWS's rates are a matter of their own cases. */
  readonly kinesis: Sender<KinesisClient>;
  /** Sends once, for cases about rates. */
  readonly impatientKinesis: Sender<KinesisClient>;
  readonly streams: StreamLease;
  readonly client: ClientKind;
  readonly region: string;
  /** Aborts at the case's deadline. */
  readonly signal: AbortSignal;
  /** In the order in which they were said; to be run from the last to the first. */
  readonly cleanUps: CleanUp[] = [];
  readonly #clients: Clients;
  readonly #names: Names;
  readonly #shared: SharedStreams;

  constructor({ clients, names, shared, signal }: CaseToolsOptions) {
    super();
    this.#clients = clients;
    this.#names = names;
    this.#shared = shared;
    this.signal = signal;
    this.client = clients.kind;
    this.region = clients.region;
    this.kinesis = patientSender(clients.kinesis, signal);
    this.impatientKinesis = boundSender(clients.kinesis, signal);
    this.streams = new StreamLease({ kinesis: this.kinesis, names, signal });
  }

  /** Of Kinesis, for what an SDK would not send. */
  get kinesisUrl(): string {
    return this.#clients.urls.kinesis;
  }

  /** Only for a case that needs the endpoint `cloudwatch`. */
  get cloudwatch(): Sender<CloudWatchClient> {
    return patientSender(given(this.#clients.cloudwatch, 'cloudwatch'), this.signal);
  }

  /** Only for a case that needs the endpoint `dynamodb`. */
  get dynamodb(): Sender<DynamoDBClient> {
    return patientSender(given(this.#clients.dynamodb, 'dynamodb'), this.signal);
  }

  /** Only for a case that needs the endpoint `s3`. */
  get s3(): Sender<S3Client> {
    return patientSender(given(this.#clients.s3, 's3'), this.signal);
  }

  /** A name that nothing has: of a stream, a consumer, a table, a bucket. */
  freshName(): string {
    return this.#names.next();
  }

  /**
   * A provisioned stream of one shard that exists already, for cases which only need some stream and leave it as it
   * is. It is nobody's own: change nothing, put nothing, count nothing.
   */
  sharedStream(): Promise<LeasedStream> {
    return this.#shared.provisioned(this.signal);
  }

  /** The same in on-demand mode. */
  sharedOnDemandStream(): Promise<LeasedStream> {
    return this.#shared.onDemand(this.signal);
  }

  /** Asks until an answer is not undefined, or the deadline has come. */
  eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    return eventually(what, this.signal, ask);
  }

  /**
   * Ends the case without a verdict on the endpoint.
   *
   * @throws {NotApplicableError} always
   */
  notApplicable(reason: string): never {
    throw new NotApplicableError(reason);
  }

  /** For what is no stream of `streams`: called at the end whatever happened; failures are of no matter. */
  afterwards(cleanUp: CleanUp): void {
    this.cleanUps.push(cleanUp);
  }
}

function given<T>(client: T | undefined, name: string): T {
  if (client !== undefined) return client;
  throw new Error(`The case needs { endpoint: '${name}' } and does not say so.`);
}
