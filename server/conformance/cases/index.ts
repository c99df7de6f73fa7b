import type { Case } from '#server/conformance/case.ts';
import { CONTROL_PLANE_CASES } from './control-plane.ts';
import { DATA_PLANE_CASES } from './data-plane.ts';
import { NEIGHBOUR_CASES } from './neighbours.ts';

/** All cases there are; each file of this folder holds those of one matter. */
export const CASES: readonly Case[] = [
  ...CONTROL_PLANE_CASES,
  ...DATA_PLANE_CASES,
  ...NEIGHBOUR_CASES,
];
