import type { Case } from '#server/conformance/case.ts';
import { putRecordCases } from './put-record.ts';
import { putRecordsCases } from './put-records.ts';
import { recordSizeCases } from './record-size.ts';

/** What is written, read and resharded. */
export const DATA_PLANE_CASES: readonly Case[] = [
  ...putRecordCases,
  ...putRecordsCases,
  ...recordSizeCases,
];
