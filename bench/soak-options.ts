import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UserError } from '#server/launcher/user-error.ts';

export type SoakOptions = {
  readonly minutes: number;
  /** What producers try to write, in 10^6 bytes of payload. */
  readonly megabytesPerSecond: number;
  /** Memory that the world may use for records, in 2^20 bytes: small, so that it is full within seconds. */
  readonly capMebibytes: number;
};

const DEFAULTS: SoakOptions = { minutes: 30, megabytesPerSecond: 20, capMebibytes: 256 };

const USAGE =
  'npm run bench -- soak [--minutes 30] [--megabytes-per-second 20] [--cap-mebibytes 256]';

const positive = z.coerce.number().gt(0);
const given = z.object({
  minutes: positive.default(DEFAULTS.minutes),
  'megabytes-per-second': positive.default(DEFAULTS.megabytesPerSecond),
  'cap-mebibytes': positive.default(DEFAULTS.capMebibytes),
});

/** @throws {UserError} for options that are none, or whose values are not above 0. */
export function parseSoakOptions(args: readonly string[]): SoakOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string' },
        'megabytes-per-second': { type: 'string' },
        'cap-mebibytes': { type: 'string' },
      },
    });
    const options = given.parse(values);
    return {
      minutes: options.minutes,
      megabytesPerSecond: options['megabytes-per-second'],
      capMebibytes: options['cap-mebibytes'],
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`${why}\n${USAGE}`);
  }
}
