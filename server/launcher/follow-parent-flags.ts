import { pathToFileURL } from 'node:url';
import { inProject } from './project-root.ts';

/** Flags for Node that make any program end with its launcher, if it has an IPC channel to it. */
export function followParentFlags(): string[] {
  return [
    '--import',
    pathToFileURL(inProject('server', 'launcher', 'follow-parent-preload.ts')).href,
  ];
}
