import { expect, it } from 'vitest';
import {
  auditPayload,
  clickPayload,
  documentChangedPayload,
  orderPayload,
} from './event-payload.ts';
import { stampPayload } from './payload.ts';
import { seededRandom } from './seeded-random.ts';
import { tweetsAbout } from './tweet-payload.ts';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

it.each([
  ['document', documentChangedPayload, 1_000, 1_500],
  ['click', clickPayload, 500, 900],
  ['order', orderPayload, 1_200, 2_500],
  ['audit', auditPayload, 250, 600],
] as const)('makes a %s of the size it says', (_name, make, least, most) => {
  const { bytes } = make(seededRandom(1), 'key');
  expect(bytes.length).toBeGreaterThan(least);
  expect(bytes.length).toBeLessThan(most);
  expect(() => JSON.parse(bytes.toString())).not.toThrow();
});

it('makes tweets of about the size that is asked for', () => {
  const next = tweetsAbout(seededRandom(1), 'jazz');
  for (const bytes of [4_000, 8_000, 15_500]) {
    const tweet = next(bytes).bytes;
    expect(Math.abs(tweet.length - bytes)).toBeLessThan(1_200);
    expect(JSON.parse(tweet.toString())).toMatchObject({ topic: 'jazz' });
  }
});

it('stamps a copy with time and id, of the same length, and leaves the pool alone', () => {
  const payload = documentChangedPayload(seededRandom(1), 'doc-1');
  const before = payload.bytes.toString();
  const stamped = stampPayload(payload, NOW_MS, 42n);
  expect(stamped.length).toBe(payload.bytes.length);
  expect(JSON.parse(stamped.toString())).toMatchObject({
    eventTime: '2026-01-02T03:04:05.678Z',
    eventId: '0000000000000000042',
    documentId: 'doc-1',
  });
  expect(payload.bytes.toString()).toBe(before);
});
