import type { Case } from '#server/conformance/case.ts';
import { DATA_PLANE_CASES } from './data-plane.ts';
import { deleteStreamCases } from './delete-stream.ts';

/** All cases there are; each file of this folder holds those of one matter. */
export const CASES: readonly Case[] = [...deleteStreamCases, ...DATA_PLANE_CASES];
