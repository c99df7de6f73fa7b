import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '#server/launcher/project-root.ts';
import { CHECKPOINT_BEFORE_EMIT } from './checkpoint-fault.ts';

test('the fault that replay-kill has to see still fits the worker', () => {
  for (const { file, find } of CHECKPOINT_BEFORE_EMIT) {
    expect(readFileSync(inProject(file), 'utf8').split(find), find).toHaveLength(2);
  }
});
