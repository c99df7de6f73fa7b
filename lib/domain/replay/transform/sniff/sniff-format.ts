import { AVRO_MAGIC } from '#lib/domain/replay/transform/container/avro-file.ts';
import { PARQUET_MAGIC } from '#lib/domain/replay/transform/container/parquet.ts';
import type {
  ContainerFormat,
  RecordFormat,
  SplitFormat,
} from '#lib/domain/replay/transform/format.ts';
import {
  ENVELOPE,
  FIREHOSE_ERROR,
  LAMBDA_EVENT,
  SDK_RECORD,
} from '#lib/domain/replay/transform/payload/envelope-map.ts';
import { beginsWith } from '#lib/domain/replay/transform/split/bytes.ts';
import { type Sample, type Trial, tryFormat } from './trial.ts';

/** A format of which people know the name. */
type NamedFormat = {
  readonly name:
    | 'envelope'
    | 'firehose-errors'
    | 'sdk-records'
    | 'lambda-events'
    | 'connect-json'
    | 'json-array'
    | 'json'
    | 'base64-lines'
    | 'lines';
  readonly format: SplitFormat;
};

/**
 * `certain`: every byte of every sample fits, and hardly anything else would look so. `likely`: it fits, but so would
 * other things. `unsure`: some of it does not fit. A person decides in any case.
 */
type Confidence = 'certain' | 'likely' | 'unsure';

export type FormatGuess = {
  readonly name: NamedFormat['name'] | ContainerFormat['kind'];
  readonly format: RecordFormat;
  readonly confidence: Confidence;
  /** What was found in each sample; nothing where it was told by its first bytes alone. */
  readonly trials: readonly Trial[];
};

/** The most telling first: what is JSON may be an envelope, and what is lines may be anything. */
const CANDIDATES: readonly NamedFormat[] = [
  { name: 'envelope', format: { kind: 'envelope', map: ENVELOPE } },
  { name: 'lambda-events', format: { kind: 'envelope', map: LAMBDA_EVENT } },
  { name: 'sdk-records', format: { kind: 'envelope', map: SDK_RECORD } },
  { name: 'firehose-errors', format: { kind: 'envelope', map: FIREHOSE_ERROR } },
  { name: 'connect-json', format: { kind: 'connect-json' } },
  { name: 'json-array', format: { kind: 'json-array' } },
  { name: 'json', format: { kind: 'json' } },
  { name: 'base64-lines', format: { kind: 'base64-lines' } },
  { name: 'lines', format: { kind: 'lines', lineEnds: 'crlf' } },
];

/** What tells itself by its first bytes. What is gzipped within a gzipped object may be of others, too. */
const CONTAINERS: readonly (readonly [ContainerFormat, Uint8Array, Confidence])[] = [
  [{ kind: 'avro' }, AVRO_MAGIC, 'certain'],
  [{ kind: 'parquet' }, PARQUET_MAGIC, 'certain'],
  [{ kind: 'cloudwatch-logs' }, Uint8Array.of(0x1f, 0x8b, 8), 'likely'],
];

/** Above, a format is not offered: too much of the archive would end in quarantine. */
const FAULTY_SHARE_MAX = 0.2;

/**
 * Formats that the samples may be of, best first; none where they fit nothing, or hold nothing. All samples have to
 * fit the same one: where an archive changed its format on the way, each is offered as `unsure` at best.
 */
export function sniffFormat(samples: readonly Sample[]): readonly FormatGuess[] {
  const filled = samples.filter(({ bytes }) => bytes.length > 0);
  if (filled.length === 0) return [];
  const container = CONTAINERS.find(([, magic]) =>
    filled.every(({ bytes }) => beginsWith(bytes, magic)),
  );
  if (container !== undefined) {
    const [format, , confidence] = container;
    return [{ name: format.kind, format, confidence, trials: [] }];
  }
  const guesses: FormatGuess[] = [];
  let isMixed = false;
  for (const candidate of CANDIDATES) {
    const trials = filled.map((sample) => tryFormat(candidate.format, sample));
    const confidence = judge(candidate, trials);
    if (confidence !== null) {
      guesses.push({ ...candidate, confidence: isMixed ? 'unsure' : confidence, trials });
    }
    // Envelopes are JSON too: one object of them says more than that all objects are JSON.
    isMixed ||=
      confidence !== 'certain' && trials.some((one) => judge(candidate, [one]) === 'certain');
  }
  return guesses.sort((a, b) => RANK[a.confidence] - RANK[b.confidence]);
}

const RANK: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, unsure: 2 };

function judge({ name }: NamedFormat, trials: readonly Trial[]): Confidence | null {
  const records = total(trials, 'records');
  const faultyBytes = total(trials, 'faultyBytes');
  if (records === 0 || !looksLike(name, trials)) return null;
  if (faultyBytes > 0) {
    return faultyBytes <= FAULTY_SHARE_MAX * (faultyBytes + total(trials, 'recordBytes'))
      ? 'unsure'
      : null;
  }
  return isTelling(name, trials) ? 'certain' : 'likely';
}

/** Whether there is a sign of the format beside its being possible: any text is lines, and many words are base64. */
function looksLike(name: NamedFormat['name'], trials: readonly Trial[]): boolean {
  const records = total(trials, 'records');
  switch (name) {
    case 'envelope':
    case 'lambda-events':
    case 'sdk-records':
      return total(trials, 'withPartitionKey') > 0;
    case 'base64-lines':
      return total(trials, 'recordBytes') >= 16 * records;
    default:
      return true;
  }
}

/** Whether hardly anything else would look so. */
function isTelling(name: NamedFormat['name'], trials: readonly Trial[]): boolean {
  const records = total(trials, 'records');
  switch (name) {
    case 'envelope':
    case 'lambda-events':
    case 'sdk-records':
      return total(trials, 'withPartitionKey') === records;
    case 'firehose-errors':
      return total(trials, 'withArrival') === records;
    case 'json-array':
      // One element in each object, or arrays one after the other, are as well records that are arrays.
      return (
        total(trials, 'jsonPayloads') === records &&
        records > trials.length &&
        total(trials, 'arrayEnds') === 0
      );
    case 'json':
    case 'base64-lines':
      return total(trials, 'jsonPayloads') === records;
    case 'connect-json':
      return true;
    case 'lines':
      return false;
  }
}

function total(trials: readonly Trial[], figure: Exclude<keyof Trial, 'objectKey'>): number {
  return trials.reduce((sum, trial) => sum + trial[figure], 0);
}
