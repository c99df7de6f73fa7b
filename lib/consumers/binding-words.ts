import type { AmbiguousBecause, UnboundBecause } from '#lib/domain/consumers/bind-table.ts';
import { BOUND_BY_WORDS } from './source-facts.ts';
import type { ConsumerTableView } from './stream-consumers-view.ts';

const AMBIGUOUS_WORDS: Readonly<Record<AmbiguousBecause, string>> = {
  'nothing-checkpointed':
    'Nothing is checkpointed in it yet, and several streams have shards of these ids: until then nothing tells them apart.',
  'created-together':
    'Shards of the same id were created in the same second in several streams, so that its checkpoints do not tell them apart.',
  mixed: 'Some of its leases are of this stream, others surely of another.',
  'other-creation':
    'It names a stream of this name that was created at another time than this one.',
};

const UNBOUND_WORDS: Readonly<Record<UnboundBecause, string>> = {
  'no-leases': 'It holds no lease yet.',
  'unreadable-rows':
    'Its rows are no leases of a Kinesis stream, as those of a reader of DynamoDB Streams.',
  'no-such-shards': 'No stream that is read here has such shards.',
  'other-streams-shards': 'Its leases are of a stream that is gone.',
  'no-such-stream': 'The stream that it names is not there, or not read here.',
};

/** Which stream a table is of, and how that is known. */
export function bindingWords({ binding, boundByHandTo }: ConsumerTableView): string {
  if (boundByHandTo !== null) return `Bound to ${boundByHandTo.streamName} by hand.`;
  switch (binding.kind) {
    case 'bound':
      return `Bound to ${binding.stream.streamName} by ${BOUND_BY_WORDS[binding.by]}.`;
    case 'ambiguous':
      return AMBIGUOUS_WORDS[binding.reason];
    case 'none':
      return UNBOUND_WORDS[binding.reason];
    case 'unread':
      return 'Its rows have not been read yet.';
  }
}

/** What reading the table takes of its capacity. @example '2.5 RCU in 5 s, 5 % of its 10 RCU/s' */
export function scanWords({ scan, readCapacity }: ConsumerTableView): string {
  if (scan === null) return 'not read yet';
  const units = `${scan.units.toFixed(1)} RCU`;
  const over = `${Math.max(1, Math.round(scan.seconds))} s`;
  if (readCapacity === null || readCapacity <= 0) return `${units} in ${over}; paid by request`;
  const share = scan.units / Math.max(1, scan.seconds) / readCapacity;
  return `${units} in ${over}, ${Math.max(1, Math.round(share * 100))} % of its ${readCapacity} RCU/s`;
}
