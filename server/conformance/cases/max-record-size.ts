import { UpdateMaxRecordSizeCommand } from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { refusedWhileCreating } from '#server/conformance/kinesis/while-changing.ts';

function update(t: CaseTools, arn: string, kib: number): Promise<unknown> {
  return t.kinesis.send(
    new UpdateMaxRecordSizeCommand({ StreamARN: arn, MaxRecordSizeInKiB: kib }),
  );
}

const OUT_OF_RANGE = apiReference(
  'UpdateMaxRecordSize',
  'Specify a value between 1024 and 10240 KiB (1 to 10 MiB). If you specify a value that is out of this range, UpdateMaxRecordSize sends back an ValidationException message.',
);

/** UpdateMaxRecordSize; what it does to records is in writing. */
export const maxRecordSizeCases: readonly Case[] = [
  defineCase({
    name: 'UpdateMaxRecordSize / to 10240 KiB and back to 1024',
    operation: 'UpdateMaxRecordSize',
    behaviour: 'success',
    expected: 'DescribeStreamSummary shows 10240, then 1024',
    source: apiReference(
      'UpdateMaxRecordSize',
      'This allows you to update the MaxRecordSize of a single record that you can write to, and read from a stream. You can ingest and digest single records up to 10240 KiB.',
    ),
    async run(t) {
      const { name, arn } = await t.streams.make();
      await update(t, arn, 10_240);
      t.same('MaxRecordSizeInKiB', (await t.streams.active(name)).MaxRecordSizeInKiB, 10_240);
      await update(t, arn, 1_024);
      t.same('MaxRecordSizeInKiB', (await t.streams.active(name)).MaxRecordSizeInKiB, 1_024);
    },
  }),
  defineRefusal({
    operation: 'UpdateMaxRecordSize',
    behaviour: 'invalid-argument',
    title: '1023 KiB',
    exception: 'ValidationException',
    source: OUT_OF_RANGE,
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () => update(t, arn, 1_023);
    },
  }),
  defineRefusal({
    operation: 'UpdateMaxRecordSize',
    behaviour: 'limit',
    title: '10241 KiB',
    exception: 'ValidationException',
    source: OUT_OF_RANGE,
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () => update(t, arn, 10_241);
    },
  }),
  refusedWhileCreating('UpdateMaxRecordSize', (t, { arn }) => update(t, arn, 2_048)),
];
