import { describe, expect, it } from 'vitest';
import { OptionsError, parseOptions } from './parse-options.ts';
import { DEFAULT_WORLD } from './world-options.ts';

describe('options', () => {
  it('are the demo where nothing is said', () => {
    expect(parseOptions([], {})).toEqual(DEFAULT_WORLD);
  });

  it('take ports from the launcher, and from arguments before that', () => {
    const env = { LOCAL_AWS_PORT: '5001', LOCAL_AWS_ADMIN_PORT: '5004' };
    expect(parseOptions(['--admin-port', '0'], env)).toMatchObject({
      ports: { kinesis: 5001, dynamodb: 4568, s3: 4569, admin: 0 },
    });
  });

  it('read a world of any size', () => {
    const worldOf = (text: string) => {
      const options = parseOptions(['--world', text], {});
      return options === 'help' ? null : options.world;
    };
    expect(worldOf('streams=500,shards=4')).toEqual({ streams: 500, shards: 4 });
    expect(worldOf('shards=10000')).toEqual({ streams: 1, shards: 10_000 });
    expect(() => worldOf('shards=0')).toThrow(OptionsError);
    expect(() => worldOf('big')).toThrow('streams=N,shards=N');
  });

  it('scale time for tests', () => {
    const args = ['--metrics', 'aws', '--metrics-period-seconds', '2', '--metrics-delay-seconds=3'];
    expect(parseOptions(args, {})).toMatchObject({
      metrics: { basePeriodMs: 2_000, delayMs: 3_000 },
    });
  });

  it('take the time of transitions from the environment, or by hand', () => {
    const env = { LOCAL_AWS_TRANSITION_SECONDS: '0.5' };
    expect(parseOptions([], env)).toMatchObject({ transitionMs: 500 });
    expect(parseOptions(['--transition-seconds', '1'], env)).toMatchObject({ transitionMs: 1_000 });
    expect(parseOptions([], {})).toMatchObject({ transitionMs: 2_000 });
    expect(() => parseOptions([], { LOCAL_AWS_TRANSITION_SECONDS: 'soon' })).toThrow(
      'LOCAL_AWS_TRANSITION_SECONDS soon is not possible',
    );
  });

  it('have no past without a scenario, unless one is asked for', () => {
    expect(parseOptions(['--scenario', 'none'], {})).toMatchObject({ pastMinutes: 0 });
    expect(parseOptions(['--scenario=none', '--past-minutes=5'], {})).toMatchObject({
      pastMinutes: 5,
    });
  });

  it.each([
    ['--nope'],
    ['--rate', '0'],
    ['--rate', 'x'],
    ['--port', '70000'],
    ['--past-minutes', '2881'],
    ['--limit-scale', 'x'],
    ['--scenario', 'other'],
    ['stray'],
  ])('refuse %s', (...args) => {
    expect(() => parseOptions(args, {})).toThrow(OptionsError);
  });

  it('switch limits off', () => {
    expect(parseOptions(['--limit-scale', 'off'], {})).toMatchObject({ limitScale: null });
    expect(parseOptions(['--api-rates', 'off'], {})).toMatchObject({ apiRateScale: null });
    expect(parseOptions(['--api-rates', '10'], {})).toMatchObject({ apiRateScale: 10 });
  });

  it('do not count by the second on a clock that stands still, unless that is asked for', () => {
    expect(parseOptions(['--clock', 'virtual'], {})).toMatchObject({ apiRateScale: null });
    expect(parseOptions(['--clock=virtual', '--api-rates=1'], {})).toMatchObject({
      apiRateScale: 1,
    });
  });
});
