import {
  ListStreamsCommand,
  type ListStreamsCommandInput,
  type ListStreamsCommandOutput,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { BAD_PARAMETER, observedByKinesalite } from '#server/conformance/kinesis/sources.ts';

/** Three streams whose names follow each other, with nothing between them. */
async function threeInARow(t: CaseTools): Promise<readonly [string, string, string]> {
  const prefix = t.freshName();
  const names = [`${prefix}-a`, `${prefix}-b`, `${prefix}-c`] as const;
  await Promise.all(names.map((name) => t.streams.makeNamed(name)));
  return names;
}

/** ListStreams. */
export const listStreamsCases: readonly Case[] = [
  defineCase({
    name: 'ListStreams / names and summaries of those after ExclusiveStartStreamName',
    operation: 'ListStreams',
    behaviour: 'success',
    expected: 'names in order, and for each its ARN, status, mode and creation time',
    source: apiReference(
      'ListStreams',
      'ExclusiveStartStreamName: The name of the stream to start the list with. ... StreamSummaries: Array of StreamSummary objects',
    ),
    async run(t) {
      const [a, b, c] = await threeInARow(t);
      const { StreamNames, StreamSummaries } = await t.kinesis.send(
        new ListStreamsCommand({ ExclusiveStartStreamName: a, Limit: 2 }),
      );
      t.same('StreamNames', StreamNames, [b, c]);
      t.same(
        'StreamSummaries',
        StreamSummaries?.map(({ StreamName, StreamStatus, StreamModeDetails }) => [
          StreamName,
          StreamStatus,
          StreamModeDetails?.StreamMode,
        ]),
        [
          [b, 'ACTIVE', 'PROVISIONED'],
          [c, 'ACTIVE', 'PROVISIONED'],
        ],
      );
      const { StreamARN, StreamCreationTimestamp } = await t.streams.summary(b);
      t.same('StreamARN', StreamSummaries?.[0]?.StreamARN, StreamARN);
      t.same(
        'StreamCreationTimestamp',
        StreamSummaries?.[0]?.StreamCreationTimestamp,
        StreamCreationTimestamp,
      );
    },
  }),
  defineCase({
    name: 'ListStreams / goes on by the name of the last stream',
    operation: 'ListStreams',
    behaviour: 'paging',
    expected: 'HasMoreStreams true after the first; the next one after it',
    source: apiReference(
      'ListStreams',
      'If there are more streams available, you can request more streams by using the name of the last stream returned by the ListStreams request in the ExclusiveStartStreamName parameter in a subsequent request to ListStreams.',
    ),
    async run(t) {
      const [a, b, c] = await threeInARow(t);
      const first = await list(t, { ExclusiveStartStreamName: a, Limit: 1 });
      t.same('first page', first.StreamNames, [b]);
      t.same('HasMoreStreams', first.HasMoreStreams, true);
      const second = await list(t, { ExclusiveStartStreamName: b, Limit: 1 });
      t.same('second page', second.StreamNames, [c]);
    },
  }),
  defineCase({
    name: 'ListStreams / goes on by NextToken',
    operation: 'ListStreams',
    behaviour: 'paging',
    expected: 'the page after the first one',
    source: apiReference(
      'ListStreams',
      'NextToken: Length Constraints: Minimum length of 1. Maximum length of 1048576.',
    ),
    async run(t) {
      const [a, b, c] = await threeInARow(t);
      const first = await list(t, { ExclusiveStartStreamName: a, Limit: 1 });
      t.same('first page', first.StreamNames, [b]);
      t.holds('NextToken', first.NextToken !== undefined, first.NextToken);
      if (first.NextToken === undefined) return;
      const second = await list(t, { NextToken: first.NextToken, Limit: 1 });
      t.same('second page', second.StreamNames, [c]);
    },
  }),
  defineCase({
    name: 'ListStreams / the last page says so',
    operation: 'ListStreams',
    behaviour: 'paging',
    expected: 'HasMoreStreams false and no NextToken after the last of all streams',
    source: apiReference(
      'ListStreams',
      'HasMoreStreams: If set to true, there are more streams available to list.',
    ),
    async run(t) {
      const last = `zzzzzzzz-${t.freshName()}`;
      await t.streams.makeNamed(last);
      const page = await list(t, { ExclusiveStartStreamName: last.slice(0, -1), Limit: 100 });
      t.same('includes it', page.StreamNames?.includes(last), true);
      const rest = await list(t, { ExclusiveStartStreamName: 'zzzzzzzzzzzzzzzzz', Limit: 100 });
      t.same('HasMoreStreams', rest.HasMoreStreams, false);
      t.same('NextToken', rest.NextToken, undefined);
    },
  }),
  defineRefusal({
    operation: 'ListStreams',
    behaviour: 'invalid-argument',
    title: 'Limit 0',
    exception: 'ValidationException',
    message:
      /Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1/,
    source: observedByKinesalite(
      'listStreams',
      "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
    prepare: (t) => () => t.kinesis.send(new ListStreamsCommand({ Limit: 0 })),
  }),
  defineRefusal({
    operation: 'ListStreams',
    behaviour: 'invalid-argument',
    title: 'Limit 10001',
    exception: 'ValidationException',
    message:
      /Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000/,
    source: observedByKinesalite(
      'listStreams',
      "Value '1000000' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ),
    prepare: (t) => () => t.kinesis.send(new ListStreamsCommand({ Limit: 10_001 })),
  }),
  defineRefusal({
    operation: 'ListStreams',
    behaviour: 'invalid-argument',
    title: 'a NextToken that nobody gave',
    exception: [...BAD_PARAMETER, 'ExpiredNextTokenException'],
    source: apiReference(
      'ListStreams',
      "ExpiredNextTokenException: The pagination token passed to the operation is expired. InvalidArgumentException: A specified parameter exceeds its restrictions, is not supported, or can't be used.",
    ),
    prepare: (t) => () => t.kinesis.send(new ListStreamsCommand({ NextToken: 'no-such-token' })),
  }),
];

function list(t: CaseTools, input: ListStreamsCommandInput): Promise<ListStreamsCommandOutput> {
  return t.kinesis.send(new ListStreamsCommand(input));
}
