import type { Case } from '#server/conformance/case.ts';
import { addressingCases } from './addressing.ts';
import { createStreamCases } from './create-stream.ts';
import { deleteStreamCases } from './delete-stream.ts';
import { describeStreamCases } from './describe-stream.ts';
import { listStreamsCases } from './list-streams.ts';
import { retentionCases } from './retention.ts';
import { tagsCases } from './tags.ts';

/** Cases about streams, their settings, consumers and channels. */
export const CONTROL_PLANE_CASES: readonly Case[] = [
  ...addressingCases,
  ...createStreamCases,
  ...deleteStreamCases,
  ...describeStreamCases,
  ...listStreamsCases,
  ...retentionCases,
  ...tagsCases,
];
