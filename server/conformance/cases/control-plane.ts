import type { Case } from '#server/conformance/case.ts';
import { addressingCases } from './addressing.ts';
import { createStreamCases } from './create-stream.ts';
import { deleteStreamCases } from './delete-stream.ts';

/** Cases about streams, their settings, consumers and channels. */
export const CONTROL_PLANE_CASES: readonly Case[] = [
  ...addressingCases,
  ...createStreamCases,
  ...deleteStreamCases,
];
