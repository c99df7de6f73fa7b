import { describe, expect, it } from 'vitest';
import type { FoundArchive } from '#lib/replay/view/archive.ts';
import { archiveFacts, foundByWords, streamNameOfArn } from './archive-words.ts';

const FOUND: FoundArchive = {
  how: {
    kind: 'firehose',
    deliveryStream: 'tweets-to-s3',
    deliveryStreamArn: 'arn:aws:firehose:eu-west-1:000000000000:deliverystream/tweets-to-s3',
    status: 'ACTIVE',
  },
  source: {
    connection: 'demo',
    bucket: 'archive',
    prefix: 'tweets/',
    timeZone: 'UTC',
    paddingMs: 60_000,
  },
  sourceStreamArn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/tweets',
  isSourceSure: true,
  bufferIntervalMs: 60_000,
  bufferBytes: 5_242_880,
  compressionTold: 'GZIP',
  formatTold: 'as sent',
  errorPrefix: null,
  notes: [],
};

describe('foundByWords', () => {
  it('says who writes it, and of what', () => {
    expect(foundByWords(FOUND)).toBe(
      'Written by delivery stream tweets-to-s3, from stream tweets.',
    );
  });

  it('does not claim what is only guessed', () => {
    const beside = {
      ...FOUND,
      how: { kind: 'beside', deliveryStream: 'd' },
      isSourceSure: false,
    } as const;
    expect(foundByWords(beside)).toBe(
      'Lies beside what delivery stream d writes; by its name of stream tweets.',
    );
    expect(foundByWords({ ...FOUND, sourceStreamArn: null })).toContain('is not known');
  });
});

describe('archiveFacts', () => {
  it('leaves out what nobody told', () => {
    expect(archiveFacts(FOUND)).toEqual(['An object each 1 min or 5.00 MiB', 'Compression: GZIP']);
    expect(
      archiveFacts({ ...FOUND, bufferIntervalMs: null, bufferBytes: null, compressionTold: null }),
    ).toEqual([]);
  });

  it('warns of what is no longer what was sent', () => {
    expect(archiveFacts({ ...FOUND, formatTold: 'parquet' })).toContain(
      'Converted to parquet: records are not what was sent',
    );
  });
});

describe('streamNameOfArn', () => {
  it('reads a name, or none', () => {
    expect(streamNameOfArn('arn:aws:kinesis:eu-west-1:0:stream/a-b.c')).toBe('a-b.c');
    expect(streamNameOfArn('arn:aws:s3:::bucket')).toBeNull();
    expect(streamNameOfArn(null)).toBeNull();
  });
});
