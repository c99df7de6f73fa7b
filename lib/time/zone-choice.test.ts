import { expect, test } from 'vitest';
import { readZoneChoice, writeZoneChoice } from './zone-choice.ts';

test('a choice outlives the page', () => {
  const local = { choice: 'local', zone: 'Europe/Berlin' } as const;
  expect(readZoneChoice(writeZoneChoice(local))).toEqual(local);
  expect(readZoneChoice(writeZoneChoice({ choice: 'utc', zone: 'UTC' }))).toEqual({
    choice: 'utc',
    zone: 'UTC',
  });
});

test('a reader whose own zone is UTC may call it local', () => {
  expect(readZoneChoice(writeZoneChoice({ choice: 'local', zone: 'UTC' }))).toEqual({
    choice: 'local',
    zone: 'UTC',
  });
});

test.each([undefined, '', 'Atlantis/Centre', '<script>'])('%j is UTC', (text) => {
  expect(readZoneChoice(text)).toEqual({ choice: 'utc', zone: 'UTC' });
});
