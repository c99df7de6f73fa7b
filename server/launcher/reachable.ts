import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ProcessOwner } from './postgres-owner.ts';

const OTHERS_SEARCH = 0o001;
const OWNER_SEARCH = 0o100;

/** Whether another user may go down all folders to a path, so that `/root/x` is out of reach for most. */
export async function isReachableBy(path: string, owner: ProcessOwner): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid } = await stat(folder);
    const bit = uid === owner.uid ? OWNER_SEARCH : OTHERS_SEARCH;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
