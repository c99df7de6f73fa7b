import { expect, it } from 'vitest';
import { sourceFault } from './source-fault.ts';

const SOURCE = {
  bucket: 'my-archive.eu',
  prefix: 'raw/tweets/',
  timeZone: 'UTC',
  paddingMs: 60_000,
};

it.each([
  [{}, null],
  [{ prefix: '' }, null],
  [{ timeZone: 'Europe/Berlin' }, null],
  [{ bucket: 'ab' }, /3 to 63/],
  [{ bucket: 'a'.repeat(64) }, /3 to 63/],
  [{ bucket: 'My-Archive' }, /3 to 63/],
  [{ bucket: 's3://archive' }, /without "s3:\/\/"/],
  [{ bucket: 'arn:aws:s3:::archive' }, /ARN/],
  [{ bucket: 'a..b' }, /3 to 63/],
  [{ bucket: '10.0.0.1' }, /3 to 63/],
  [{ prefix: 'ä'.repeat(513) }, /1,024 bytes/],
  [{ prefix: '/raw' }, null],
  [{ timeZone: 'Mars/Base' }, /IANA/],
  [{ paddingMs: -1 }, /7 days/],
  [{ paddingMs: Number.NaN }, /7 days/],
])('%j', (change, words) => {
  const fault = sourceFault({ ...SOURCE, ...change });
  if (words === null) expect(fault).toBeNull();
  else expect(fault).toMatch(words);
});
