import type { Symptom } from '#lib/domain/consumers/status.ts';
import { formatAge, formatLag } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { percentQuantity } from '#lib/format/percent.ts';
import { quantityText } from '#lib/format/quantity.ts';
import { formatSignificant } from '#lib/format/significant.ts';
import { formatInstant, UTC, type Zone } from '#lib/format/time.ts';

/** A title of a few words; one sentence each: what is wrong, and since when; what to do. */
export type SymptomWords = { readonly title: string; readonly what: string; readonly todo: string };

/** At most so many workers and shards are named in a sentence. */
const NAMED_MAX = 3;

/** Shard ids are whole, for `shortenShardIds`. Spans are as of the evaluation that found them. */
export function symptomWords(symptom: Symptom, zone: Zone = UTC): SymptomWords {
  const { shardIds, shardCount, workers, sinceMs } = symptom;
  const shards = shardWords(shardIds, shardCount);
  const who = namesOf(workers);
  const since = sinceMs === null ? '' : `, since ${formatInstant(sinceMs, zone)}`;
  switch (symptom.kind) {
    case 'data-loss': {
      const { ageMs, retentionMs } = symptom.figures;
      return {
        title: 'Unread records were lost',
        what: `${aboutOr(shards, 'Its reading')} is ${formatAge(ageMs)} behind, and the stream keeps ${formatAge(retentionMs)}: what lies between is gone unread${since}.`,
        todo: 'Raise the retention of the stream now, so that no more is lost; then restore what was lost from an archive.',
      };
    }
    case 'data-loss-ahead': {
      const { ageMs, retentionMs, lossInMs } = symptom.figures;
      const used = quantityText(percentQuantity(ageMs / retentionMs));
      const until =
        lossInMs === null
          ? ''
          : `; at this pace the first record is lost in ${formatAge(lossInMs)}`;
      return {
        title: 'Records will be lost',
        what: `${aboutOr(shards, 'Its reading')} is up to ${formatAge(ageMs)} behind, ${used} of retention${until}.`,
        todo: 'Raise the retention of the stream, then find out why the application falls behind.',
      };
    }
    case 'dead-owner': {
      const { frozenMs, limitMs } = symptom.figures;
      return {
        title: 'Owner is gone',
        what: `${leasesOf(shards)} not renewed for ${formatAge(frozenMs)}${owned(who)}, where ${formatAge(limitMs)} is the most an owner at work takes${since}.`,
        todo: 'See whether these workers run, and whether they reach DynamoDB; start them again. Others take the leases over as soon as one of them runs.',
      };
    }
    case 'missing-lease':
      return {
        title: 'Lease is missing',
        what: `Nobody reads ${shards}: no lease for ${formatAge(symptom.figures.missingMs)}${since}.`,
        todo: 'The library makes missing leases within some 6 min while its leader runs: look at the log of the leader, and whether it may call ListShards and write to the lease table.',
      };
    case 'unassigned':
      return {
        title: 'Nobody owns the lease',
        what: `Nobody has owned the lease of ${shards} for ${formatAge(symptom.figures.unownedMs)}${since}.`,
        todo: 'See whether a worker runs at all, and whether the number of leases a worker may hold (maxLeasesForWorker) is used up; start more workers.',
      };
    case 'zombie': {
      const { frozenMs, waitingRecords } = symptom.figures;
      return {
        title: 'Worker hangs',
        what: `${leasesOf(shards)} renewed${owned(who)}, but the checkpoint has stood for ${formatAge(frozenMs)} while at least ${countOf(waitingRecords, 'record')} wait${since}.`,
        todo: 'Take a thread dump of the worker, and look at what it does with the record after its checkpoint; a restart lets another worker try.',
      };
    }
    case 'stuck-handoff':
      return {
        title: 'Handover does not end',
        what: `${who === '' ? 'A worker' : who} has been handing over the lease of ${shards} for ${formatAge(symptom.figures.handoffMs)}${since}.`,
        todo: 'Its record processor does not return from shutdownRequested: see what it waits for, or stop that worker.',
      };
    case 'rewound': {
      const { backMs } = symptom.figures;
      const by = backMs === null ? '' : ` by ${formatAge(backMs)} of records`;
      return {
        title: 'Checkpoint went back',
        what: `The checkpoint of ${shards} went back${by}${since}: what lies between is read again.`,
        todo: 'Find out whether somebody meant it (the audit tells of rewinds made here). If two applications share one name, give one of them another.',
      };
    }
    case 'growing-lag': {
      const { fromMs, toMs, overMs } = symptom.figures;
      return {
        title: 'Lag grows',
        what: `${aboutOr(shards, 'Its reading')} fell from ${formatLag(fromMs)} to ${formatLag(toMs)} behind within ${formatAge(overMs)}, and never gained${since}.`,
        todo: 'Make its processing faster or give it more workers; where each shard has a worker already, split the shards that lag.',
      };
    }
    case 'churn': {
      const { changes, windowMs } = symptom.figures;
      return {
        title: 'Leases change hands',
        what: `The lease of ${shards} changed its owner up to ${formatCount(changes)} times within ${formatAge(windowMs)}.`,
        todo: 'Look for workers that restart, pauses longer than the fail-over time, and throttled writes to the lease table.',
      };
    }
    case 'skew': {
      const { by, most, mean } = symptom.figures;
      const [has, others] =
        by === 'leases'
          ? [countOf(most, 'lease'), formatSignificant(mean)]
          : [`${formatSignificant(most)} KiB/s`, `${formatSignificant(mean)} KiB/s`];
      return {
        title: 'Work lies unevenly',
        what: `${who} carries ${has}, where the mean is ${others}${since}.`,
        todo:
          by === 'leases'
            ? 'See whether the other workers may hold more leases (maxLeasesForWorker), and whether they came up.'
            : 'The library evens out throughput by itself: where it does not, single shards are too hot; split them.',
      };
    }
    case 'excess-workers': {
      const { workers: running, leases } = symptom.figures;
      return {
        title: 'More workers than shards',
        what: `${countOf(running, 'worker')} run for ${countOf(leases, 'lease')}: a shard has one worker at a time, so ${formatCount(running - leases)} have nothing to do.`,
        todo: 'Run fewer workers, or more shards.',
      };
    }
    case 'orphan':
      return {
        title: 'Lease of no shard',
        what: `The stream does not have ${shards} any more, and the lease was never worked off.`,
        todo: 'Its records have passed retention. Delete the lease once you know that; the library does so by itself when its clean-up runs.',
      };
    case 'waiting-for-parent':
      return {
        title: 'Waits for its parent',
        what: `${capital(shards)} will be read when the parent is worked off, as is normal after a reshard.`,
        todo: 'Nothing, while the parent is being read.',
      };
    case 'switched-off':
      return {
        title: 'Switched off',
        what: `It does not read: its mapping or delivery is not enabled${since}.`,
        todo: 'Enable it again; Lambda disables a mapping by itself where it lacks permissions.',
      };
  }
}

/** @example 'shardId-…, shardId-… and 12 more shards' */
function shardWords(shardIds: readonly string[], shardCount: number): string {
  if (shardCount === 0) return '';
  const named = shardIds.slice(0, NAMED_MAX);
  const more = shardCount - named.length;
  return more > 0
    ? `${named.join(', ')} and ${countOf(more, 'more shard', 'more shards')}`
    : listOf(named);
}

function namesOf(names: readonly string[]): string {
  const named = names.slice(0, NAMED_MAX);
  const more = names.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${formatCount(more)} more` : listOf(named);
}

/** @example listOf(['a', 'b', 'c']) // 'a, b and c' */
function listOf(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** Of metrics, which are of the application as a whole, there are no shards to name. */
function aboutOr(shards: string, otherwise: string): string {
  return shards === '' ? otherwise : `The reader of ${shards}`;
}

function leasesOf(shards: string): string {
  return `The lease of ${shards} is`;
}

function owned(who: string): string {
  return who === '' ? '' : ` by ${who}`;
}

function capital(text: string): string {
  return text.startsWith('shardId-') ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
