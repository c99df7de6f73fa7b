import { describe, expect, test } from 'vitest';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { toAwsFailure } from './errors.ts';

const site = {
  action: 'kinesis:ListShards',
  endpoint: null,
  connection: 'production',
  repeats: true,
};

function named(name: string, more: object = {}): Error {
  return Object.assign(new Error(`told by ${name}`), { name, ...more });
}

describe('toAwsFailure', () => {
  test.each([
    ['AccessDeniedException', 'access-denied'],
    ['ExpiredTokenException', 'expired-credentials'],
    ['CredentialsProviderError', 'no-credentials'],
    ['TimeoutError', 'timed-out'],
    ['ThrottlingException', 'throttled'],
    ['ResourceNotFoundException', 'not-found'],
    ['ResourceInUseException', 'busy'],
    ['ExpiredNextTokenException', 'expired-page'],
    ['KMSDisabledException', 'encryption-key'],
    ['InternalFailure', 'service-error'],
  ])('%s is %s', (name, kind) => {
    expect(toAwsFailure(named(name), site).kind).toBe(kind);
  });

  test('a limit is a rate where something is listed, and a quota where something is made', () => {
    const limit = named('LimitExceededException');
    expect(toAwsFailure(limit, site).kind).toBe('throttled');
    expect(toAwsFailure(limit, { ...site, action: 'kinesis:SplitShard' }).kind).toBe(
      'limit-exceeded',
    );
  });

  test.each([
    named('Error', { code: 'ECONNREFUSED' }),
    new AggregateError([named('Error', { code: 'ECONNREFUSED' })]),
    named('Error', { cause: named('Error', { code: 'ENOTFOUND' }) }),
  ])('a network that fails is unreachable, wherever its code stands', (error) => {
    const failure = toAwsFailure(error, { ...site, endpoint: '127.0.0.1:4566' });
    expect(failure.kind).toBe('unreachable');
    expect(failure.message).toMatch(/^127\.0\.0\.1:4566 cannot be reached \(E[A-Z]+\)/);
    expect(failure.retryable).toBe(true);
  });

  test('what a person asked for is not said to be tried again', () => {
    const once = { ...site, repeats: false };
    for (const name of ['TimeoutError', 'ThrottlingException', 'InternalFailure']) {
      expect(toAwsFailure(named(name), site).message).toContain('It is tried again by itself');
      const { message } = toAwsFailure(named(name), once);
      expect(message).not.toContain('by itself');
      expect(message).toContain('Try again in a moment.');
    }
    const unreachable = named('Error', { code: 'ECONNREFUSED' });
    expect(toAwsFailure(unreachable, once).message).not.toContain('by itself');
  });

  test('a key that may not be used names the permission, where KMS tells it', () => {
    const denied = Object.assign(
      new Error('User: x is not authorized to perform: kms:GenerateDataKey on resource: y'),
      { name: 'KMSAccessDeniedException' },
    );
    const failure = toAwsFailure(denied, site);
    expect(failure).toMatchObject({ kind: 'encryption-key', deniedAction: 'kms:GenerateDataKey' });
    expect(toAwsFailure(named('KMSDisabledException'), site).deniedAction).toBeNull();
  });

  test('denied access names what to allow', () => {
    const failure = toAwsFailure(named('AccessDeniedException'), site);
    expect(failure.message).toContain('Allow kinesis:ListShards');
    expect(failure.deniedAction).toBe('kinesis:ListShards');
    expect(failure.message).toContain('"production"');
    expect(failure.retryable).toBe(false);
  });

  test('denied access names the action that AWS denied, where it is another than the one called', () => {
    const denied = Object.assign(
      new Error(
        'User: arn:aws:iam::123456789012:user/a is not authorized to perform: sts:AssumeRole on resource: x',
      ),
      { name: 'AccessDenied' },
    );
    const { message } = toAwsFailure(denied, site);
    expect(message).toContain('may not call sts:AssumeRole, which kinesis:ListShards needs first');
    expect(message).toContain('Allow sts:AssumeRole');
  });

  test.each([
    'ResourceNotFoundException',
    'ResourceInUseException',
    'InvalidArgumentException',
    'InternalFailure',
  ])('ends the words of %s with one full stop, whatever AWS did', (name) => {
    const words = ['has failed', 'has failed.', 'has failed..', ''].map(
      (told) => toAwsFailure(Object.assign(new Error(told), { name }), site).message,
    );
    expect(new Set(words.slice(0, 3)).size).toBe(1);
    for (const one of words) {
      expect(one).toMatch(/[^.]\.$/);
      expect(one).not.toContain('..');
    }
  });

  test('keeps what it made, and the cause of what it makes', () => {
    const cause = named('InternalFailure');
    const failure = toAwsFailure(cause, site);
    expect(failure).toBeInstanceOf(AwsFailure);
    expect(failure.cause).toBe(cause);
    expect(toAwsFailure(failure, site)).toBe(failure);
  });
});
