import type { PaceFault, Refusal, Warning } from '#lib/domain/replay/plan/findings.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import { unknownTrafficTodo } from './unknown-traffic-words.ts';
import type { FindingView } from './view/plan.ts';

type Words = Omit<FindingView, 'kind'>;

/** Shard ids of a target by place, as findings name shards. */
type ShardIds = readonly string[];

/** So many shards are named, the others counted. */
const SHARDS_NAMED = 3;

/** Why a replay cannot be started as it is planned. */
export function refusalView(refusal: Refusal, shardIds: ShardIds): FindingView {
  return { kind: refusal.kind, ...refusalWords(refusal, shardIds) };
}

function refusalWords(refusal: Refusal, shardIds: ShardIds): Words {
  switch (refusal.kind) {
    case 'nothing-to-replay':
      return refusal.because === 'no-objects'
        ? {
            title: 'No objects',
            words: 'No object of the archive can hold records of the window.',
            todo: 'Choose another window, or look whether bucket, prefix and time zone are right.',
          }
        : {
            title: 'Nothing would be sent',
            words:
              'Of the objects that were looked into, no record passes the format and the filter.',
            todo: 'Look at the sample of the format and of the filter, and let more pass.',
          };
    case 'needs-restore':
      return {
        title: 'Objects have to be restored',
        words: `${countOf(refusal.objects, 'object')} (${formatBytes(refusal.bytes)}) lie in an archive tier, which S3 does not read from.`,
        todo: 'Restore them (RestoreObject, which takes minutes to hours), or choose a window without them. Then plan again.',
      };
    case 'source-not-named':
      return {
        title: 'Records would go back to where they came from',
        words:
          'The target is the stream that the archive was made of: its consumers see all of it once more.',
        todo: 'Choose another stream, or type the stream’s name at the start.',
      };
    case 'target-not-active':
      return {
        title: `Target is ${refusal.status}`,
        words: 'Its shards are about to change, or it is about to go.',
        todo: 'Wait until it is ACTIVE, and plan again.',
      };
    case 'order-needs-keys':
      return {
        title: 'Order cannot be kept there',
        words:
          'The target spreads records over its shards by itself (distribution strategy AUTO), so that records of one key do not stay together.',
        todo: 'Choose no order, or a target that goes by partition keys.',
      };
    case 'pace':
      return PACE_WORDS[refusal.fault];
    case 'capacity-unknown':
      return {
        title: 'Live traffic of shards is unknown',
        words: `What others write to ${shardsWords(refusal.shards, shardIds)} is not known, so nobody can tell what is free there. Shard-level metrics may be off, or their newest figures are too old.`,
        todo: `${unknownTrafficTodo(shardIds.length)} Then plan again.`,
      };
    case 'no-capacity':
      return {
        title: 'Shards have nothing free',
        words: `Live traffic fills ${shardsWords(refusal.shards, shardIds)} to its limit, so that what would go there is never sent.`,
        todo: 'Split these shards, choose another target, or plan again when there is less traffic.',
      };
  }
}

const PACE_WORDS: Readonly<Record<PaceFault, Words>> = {
  'needs-times': {
    title: 'Records have no times',
    words:
      'This format does not keep when a record arrived, so that there is no speed of the archive to go by.',
    todo: 'Choose the pace “as fast as allowed”, with a cap if you like.',
  },
  'needs-one-slice': {
    title: 'It was cut into parts',
    words:
      'Its parts lie in different times of the archive and are sent side by side; together they have no speed.',
    todo: 'Plan it once more with this pace from the beginning.',
  },
  'not-a-speed': {
    title: 'Not a speed',
    words: 'A speed is a number above 0.',
    todo: 'Write 1 for the speed of the archive, or a multiple of it.',
  },
};

/** Why a pace cannot be kept, in one line. */
export function paceFaultWords(fault: PaceFault): string {
  const { words, todo } = PACE_WORDS[fault];
  return `${words} ${todo}`;
}

/** What a person has to know before the start. */
export function warningView(warning: Warning, shardIds: ShardIds): FindingView {
  return { kind: warning.kind, ...warningWords(warning, shardIds) };
}

function warningWords(warning: Warning, shardIds: ShardIds): Words {
  switch (warning.kind) {
    case 'loop':
      return {
        title: 'The archive will grow by what is sent',
        words:
          'A delivery stream archives the target to where the records come from. The list of objects is frozen, so this replay ends; a later one of the same window would send these records twice.',
        todo: 'Choose a target that is not archived there, or keep in mind when this replay ran.',
      };
    case 'one-shard':
      return {
        title: 'Most goes to one shard',
        words: `${formatShare(warning.share)} of the sample goes to ${shardsWords([warning.shard], shardIds)}, which alone sets the pace: at most 1 MiB and 1,000 records a second.`,
        todo: 'See whether the partition key is the right one. Splitting helps only where many keys share the shard.',
      };
    case 'records-too-large':
      return {
        title: 'Records are larger than the target takes',
        words: `The largest of the sample has ${formatBytes(warning.largestBytes)}; the target takes ${formatBytes(warning.maxBytes)}. Such records go to quarantine.`,
        todo: 'Raise the maximum record size of the target first, or leave them there.',
      };
    case 'undated':
      return {
        title: 'Keys without times',
        words: `The keys of ${countOf(warning.objects, 'object')} do not tell when their records arrived, so all of them are read.`,
        todo: 'Filter records by their own time where they have one; or choose a narrower prefix.',
      };
    case 'keys-out-of-order':
      return {
        title: 'Keys are not in the order of time',
        words: `${countOf(warning.objects, 'object')} begin before the one that lies before them. Order is kept as the archive’s keys have it, which is not the order of time.`,
        todo: 'Replay parts of the archive one after the other, if the order of time matters.',
      };
  }
}

function shardsWords(places: readonly number[], shardIds: ShardIds): string {
  const named = places.slice(0, SHARDS_NAMED).map((place) => shardIds[place] ?? `shard ${place}`);
  const more = places.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${countOf(more, 'other shard')}` : named.join(', ');
}
