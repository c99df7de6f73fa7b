import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import type { ArchivedRecord } from '#lib/domain/replay/record.ts';
import { utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { PURE_DIGESTS } from '#lib/domain/replay/testing/pure-digests.ts';
import { keyInObjectKey, parseKeyTemplate } from './key-template.ts';
import { type KeyFallback, type KeyRule, recoverKey } from './recover-key.ts';

/** Any digest will do to see that one was taken, and of what. */
const FROM = {
  object: { bucket: 'b', key: 'raw/topic=films/a.gz', etag: 'e' },
  sha256Hex: PURE_DIGESTS.sha256Hex,
};
const BY_TOPIC: KeyRule = {
  prefersArchived: true,
  source: { kind: 'payload-path', path: ['topic'] },
  fallback: { kind: 'quarantine' },
};

function archived(data: string, partitionKey: string | null = null, ordinal = 0): ArchivedRecord {
  return {
    data: utf8(data),
    partitionKey,
    explicitHashKey: partitionKey === null ? null : hashKey(7n),
    origin: { shardId: null, sequenceNumber: null, arrivalMs: null },
    place: { ordinal, start: 0, end: data.length, sub: null },
  };
}

it('takes the archived key with its hash key before any other', () => {
  const record = archived('{"topic":"films"}', 'archived');
  expect(recoverKey(record, BY_TOPIC, FROM)).toEqual({ ...record, keySource: 'archived' });
});

it('takes another in its place where a person wants that, without the hash key of the first', () => {
  const record = recoverKey(
    archived('{"topic":"films"}', 'old'),
    { ...BY_TOPIC, prefersArchived: false },
    FROM,
  );
  expect(record).toMatchObject({
    partitionKey: 'films',
    keySource: 'payload-path',
    explicitHashKey: null,
  });
});

it.each([
  ['{"topic":"films"}', 'films'],
  ['{"topic":12345678901234567890}', '12345678901234567890'],
  ['{"topic":""}', null],
  ['{"topic":null}', null],
  ['{"topic":{}}', null],
  [`{"topic":"${'x'.repeat(257)}"}`, null],
  ['not JSON', null],
])('in %s finds the key %s', (data, key) => {
  expect(recoverKey(archived(data), BY_TOPIC, FROM)?.partitionKey ?? null).toBe(key);
});

describe('without a key', () => {
  const keyOf = (fallback: KeyFallback, data: string, ordinal = 0) =>
    recoverKey(archived(data, null, ordinal), { ...BY_TOPIC, fallback }, FROM)?.partitionKey;

  it('a hash of the payload keeps equal payloads together, one of the place spreads them', () => {
    expect(keyOf({ kind: 'payload-hash' }, '{}', 0)).toBe(keyOf({ kind: 'payload-hash' }, '{}', 1));
    expect(keyOf({ kind: 'payload-hash' }, '{}')).not.toBe(keyOf({ kind: 'payload-hash' }, '[]'));
    expect(keyOf({ kind: 'place-hash' }, '{}', 0)).not.toBe(keyOf({ kind: 'place-hash' }, '{}', 1));
    expect(keyOf({ kind: 'place-hash' }, '{}', 1)).toBe(keyOf({ kind: 'place-hash' }, '{}', 1));
  });

  it('one key may serve all', () => {
    expect(keyOf({ kind: 'constant', key: 'k' }, '{}')).toBe('k');
  });
});

it('takes a key out of the name of the object', () => {
  const template = parseKeyTemplate('raw/topic={key}/{**}');
  if (template === null) throw new Error('the template is one');
  const rule: KeyRule = { ...BY_TOPIC, source: { kind: 'object-key', template } };
  expect(recoverKey(archived('x'), rule, FROM)).toMatchObject({
    partitionKey: 'films',
    keySource: 'object-key',
  });
});

it.each([
  ['raw/{key}/{*}', 'raw/films/a.gz', 'films'],
  ['raw/{key}/{*}', 'raw/films/b/a.gz', null],
  ['raw/{key}/{*}', 'other/films/a.gz', null],
  ['{*}/{key}.json.gz', 'x/doc-1.json.gz', 'doc-1'],
  ['{*}/{key}.json.gz', 'x/doc-1.gz', null],
  ['a{key}a/{**}', 'a/b', null],
  ['{key}/{**}', 'films/b/c/d', 'films'],
  ['{key}/{**}', 'films', null],
])('the template %s finds in %s the key %s', (text, objectKey, key) => {
  const template = parseKeyTemplate(text);
  expect(template && keyInObjectKey(template, objectKey)).toBe(key);
});

it.each(['raw/{*}/{**}', '{key}/{key}', '{key}{*}', '{**}/{key}', ''])(
  '%j is no template',
  (text) => {
    expect(parseKeyTemplate(text)).toBeNull();
  },
);
