import { describe, expect, it } from 'vitest';
import { parseStartOptions } from './start-options.ts';

const env = (values: Record<string, string> = {}) => values as NodeJS.ProcessEnv;

describe('parseStartOptions', () => {
  it('asks for nothing by default', () => {
    expect(parseStartOptions([], env())).toEqual({
      port: undefined,
      fresh: false,
      yes: false,
      help: false,
    });
  });

  it('reads all options', () => {
    expect(parseStartOptions(['--port', '4000', '--fresh', '--yes'], env())).toEqual({
      port: 4000,
      fresh: true,
      yes: true,
      help: false,
    });
  });

  it('takes PORT from the environment, and the option before it', () => {
    expect(parseStartOptions([], env({ PORT: '4001' })).port).toBe(4001);
    expect(parseStartOptions(['--port=4000'], env({ PORT: '4001' })).port).toBe(4000);
    expect(parseStartOptions([], env({ PORT: '' })).port).toBeUndefined();
  });

  it.each([['--nonsense'], ['word'], ['--port']])(
    'refuses %s and lists what there is',
    (argument) => {
      expect(() => parseStartOptions([argument], env())).toThrow(/--fresh .*clear/s);
    },
  );

  it.each(['0', '65536', '3000x', '-1', '1e3', '3000.5'])('refuses port %s', (port) => {
    expect(() => parseStartOptions([`--port=${port}`], env())).toThrow(`it is "${port}"`);
    expect(() => parseStartOptions([], env({ PORT: port }))).toThrow('PORT must be');
  });
});
