import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { commandLine, isSameProcess, processIdentity } from './process-identity.ts';

it('is the same for the same process and ends with it', async () => {
  const child = spawn(process.execPath, ['-e', 'process.title = "other"; process.stdin.resume()']);
  const pid = child.pid ?? 0;
  const identity = processIdentity(pid) ?? '';
  expect(identity).not.toBe('');
  expect(isSameProcess(pid, identity)).toBe(true);
  expect(isSameProcess(process.pid, identity)).toBe(false);
  expect(commandLine(process.pid)).toContain('node');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(processIdentity(pid)).toBeUndefined();
  expect(commandLine(pid)).toBeUndefined();
});
