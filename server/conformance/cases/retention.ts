import {
  DecreaseStreamRetentionPeriodCommand,
  IncreaseStreamRetentionPeriodCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { observedByKinesalite } from '#server/conformance/kinesis/sources.ts';
import { refusedWhileCreating } from '#server/conformance/kinesis/while-changing.ts';

function increase(t: CaseTools, name: string, hours: number): Promise<unknown> {
  return t.kinesis.send(
    new IncreaseStreamRetentionPeriodCommand({ StreamName: name, RetentionPeriodHours: hours }),
  );
}

function decrease(t: CaseTools, name: string, hours: number): Promise<unknown> {
  return t.kinesis.send(
    new DecreaseStreamRetentionPeriodCommand({ StreamName: name, RetentionPeriodHours: hours }),
  );
}

/** Increase- and DecreaseStreamRetentionPeriod. */
export const retentionCases: readonly Case[] = [
  defineCase({
    name: 'IncreaseStreamRetentionPeriod / to 25 and to 8760 hours',
    operation: 'IncreaseStreamRetentionPeriod',
    behaviour: 'success',
    expected: 'DescribeStreamSummary shows 25, then 8760',
    source: apiReference(
      'IncreaseStreamRetentionPeriod',
      "The maximum value of a stream's retention period is 8760 hours (365 days).",
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await increase(t, name, 25);
      t.same('RetentionPeriodHours', (await t.streams.active(name)).RetentionPeriodHours, 25);
      await increase(t, name, 8_760);
      t.same('RetentionPeriodHours', (await t.streams.active(name)).RetentionPeriodHours, 8_760);
    },
  }),
  defineCase({
    name: 'DecreaseStreamRetentionPeriod / from 48 to 24 hours',
    operation: 'DecreaseStreamRetentionPeriod',
    behaviour: 'success',
    expected: 'DescribeStreamSummary shows 24',
    source: apiReference(
      'DecreaseStreamRetentionPeriod',
      "The minimum value of a stream's retention period is 24 hours.",
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await increase(t, name, 48);
      await t.streams.active(name);
      await decrease(t, name, 24);
      t.same('RetentionPeriodHours', (await t.streams.active(name)).RetentionPeriodHours, 24);
    },
  }),
  defineRefusal({
    operation: 'IncreaseStreamRetentionPeriod',
    behaviour: 'invalid-argument',
    title: 'to less than it is',
    exception: 'InvalidArgumentException',
    message:
      /^Requested retention period \(47 hours\) for stream \S+ can not be shorter than existing retention period \(48 hours\)\. Use DecreaseRetentionPeriod API\.$/,
    source: observedByKinesalite(
      'increaseStreamRetentionPeriod',
      "'Requested retention period (' + hours + ' hours) for stream ' + helpers.testStream + ' can not be shorter than existing retention period (25 hours). Use DecreaseRetentionPeriod API.'",
    ),
    async prepare(t) {
      const { name } = await t.streams.make();
      await increase(t, name, 48);
      await t.streams.active(name);
      return () => increase(t, name, 47);
    },
  }),
  defineRefusal({
    operation: 'IncreaseStreamRetentionPeriod',
    behaviour: 'limit',
    title: 'to 8761 hours',
    exception: 'InvalidArgumentException',
    message:
      /^Maximum allowed retention period is 8760 hours\. Requested retention period \(8761 hours\) is too long\.$/,
    source: observedByKinesalite(
      'increaseStreamRetentionPeriod',
      "'Maximum allowed retention period is 168 hours. Requested retention period (' + hours + ' hours) is too long.' (168 was the maximum then)",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => increase(t, name, 8_761);
    },
  }),
  defineRefusal({
    operation: 'IncreaseStreamRetentionPeriod',
    behaviour: 'invalid-argument',
    title: 'to 23 hours',
    exception: 'InvalidArgumentException',
    message:
      /^Minimum allowed retention period is 24 hours\. Requested retention period \(23 hours\) is too short\.$/,
    source: observedByKinesalite(
      'increaseStreamRetentionPeriod',
      "'Minimum allowed retention period is 24 hours. Requested retention period (' + hours + ' hours) is too short.'",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => increase(t, name, 23);
    },
  }),
  defineRefusal({
    operation: 'DecreaseStreamRetentionPeriod',
    behaviour: 'limit',
    title: 'to 23 hours',
    exception: 'InvalidArgumentException',
    message:
      /^Minimum allowed retention period is 24 hours\. Requested retention period \(23 hours\) is too short\.$/,
    source: observedByKinesalite(
      'decreaseStreamRetentionPeriod',
      "'Minimum allowed retention period is 24 hours. Requested retention period (' + hours + ' hours) is too short.'",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => decrease(t, name, 23);
    },
  }),
  defineRefusal({
    operation: 'DecreaseStreamRetentionPeriod',
    behaviour: 'invalid-argument',
    title: 'to more than it is',
    exception: 'InvalidArgumentException',
    message:
      /^Requested retention period \(25 hours\) for stream \S+ can not be longer than existing retention period \(24 hours\)\. Use IncreaseRetentionPeriod API\.$/,
    source: observedByKinesalite(
      'decreaseStreamRetentionPeriod',
      "'Requested retention period (' + hours + ' hours) for stream ' + helpers.testStream + ' can not be longer than existing retention period (24 hours). Use IncreaseRetentionPeriod API.'",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => decrease(t, name, 25);
    },
  }),
  refusedWhileCreating('IncreaseStreamRetentionPeriod', (t, { name }) => increase(t, name, 48)),
  refusedWhileCreating('DecreaseStreamRetentionPeriod', (t, { name }) => decrease(t, name, 48)),
];
