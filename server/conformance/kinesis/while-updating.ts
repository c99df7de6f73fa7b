import { SplitShardCommand } from '@aws-sdk/client-kinesis';
import { type Case, defineCase } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { asRefusal } from '#server/conformance/refusal.ts';
import { HASH_KEYS } from './hash-keys.ts';
import { observedByKinesalite } from './sources.ts';
import { FIRST_SHARD } from './writing.ts';

/** An emulator may have done with the split before the call comes; AWS takes half a minute. */
const ATTEMPTS = 5;
const NOT_ACTIVE = /^Stream \S+ under account \d{12} not ACTIVE, instead in state UPDATING$/;

/**
 * A case which calls just after a split of the first of three shards has begun, and must be refused. It runs alone, so
 * that nobody else uses up the call rate and lets the split be over before the call is taken.
 *
 * @param send the call, on that stream; its second and third shards are open
 */
export function refusedWhileUpdating(
  operation: string,
  send: (t: CaseTools, stream: string) => Promise<unknown>,
): Case {
  return defineCase({
    name: `${operation} / while the stream is UPDATING`,
    operation,
    behaviour: 'wrong-state',
    exclusive: true,
    expected: 'ResourceInUseException, which tells the state',
    source: observedByKinesalite(
      operation === 'MergeShards' ? 'mergeShards' : 'splitShard',
      "ResourceInUseException: 'Stream ' + stream.StreamName + ' under account ' + helpers.awsAccountId + ' not ACTIVE, instead in state UPDATING'",
    ),
    async run(t) {
      for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
        const stream = await beginSplit(t);
        const error = await send(t, stream).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        const refusal = asRefusal(error);
        if (error !== undefined && refusal === undefined) throw error;
        if (refusal === undefined) continue;
        t.same('refused by', refusal.name, 'ResourceInUseException');
        t.matches('in words', refusal.message, NOT_ACTIVE);
        return;
      }
      const stream = await beginSplit(t);
      await t.refused('ResourceInUseException', () => send(t, stream), NOT_ACTIVE);
    },
  });
}

async function beginSplit(t: CaseTools): Promise<string> {
  const { name } = await t.streams.make({ ShardCount: 3 });
  await t.kinesis.send(
    new SplitShardCommand({
      StreamName: name,
      ShardToSplit: FIRST_SHARD,
      NewStartingHashKey: (HASH_KEYS / 8n).toString(),
    }),
  );
  return name;
}
