import { TRPCError } from '@trpc/server';
import { pino } from 'pino';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { ServiceError, type ServiceErrorKind } from '#server/services/service-error.ts';
import { describeError } from './describe-error.ts';

let logged: string[] = [];
const log = pino({ level: 'error' }, { write: (line) => logged.push(line) });
beforeEach(() => {
  logged = [];
});

const wrap = (cause: unknown) => new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause });

test.each([
  ['not-found', 'NOT_FOUND'],
  ['conflict', 'CONFLICT'],
  ['invalid', 'BAD_REQUEST'],
  ['read-only', 'FORBIDDEN'],
  ['unavailable', 'SERVICE_UNAVAILABLE'],
] satisfies [ServiceErrorKind, TRPCError['code']][])(
  '%s is told as %s, in its own words',
  (kind, code) => {
    const told = describeError(wrap(new ServiceError(kind, 'What to do.')), 'x', log);
    expect(told).toMatchObject({ code, message: 'What to do.' });
    expect(logged).toEqual([]);
  },
);

test('a failure of AWS is told in its own words, and is no fault of ours', () => {
  const failure = new AwsFailure('access-denied', 'kinesis:DeleteStream', 'Allow it.', {
    deniedAction: 'kinesis:DeleteStream',
  });
  const told = describeError(wrap(failure), 'x', log);
  expect(told).toMatchObject({ code: 'FORBIDDEN', message: 'Allow it.', cause: failure });
  expect(logged).toEqual([]);
});

test.each([
  ['#lib/domain/aws-failure.ts', 'FORBIDDEN'],
  ['#server/services/service-error.ts', 'CONFLICT'],
])('is known again where it was thrown by another copy of %s', async (path, code) => {
  vi.resetModules();
  const copy: Record<string, new (...args: string[]) => Error> = await import(path);
  const thrown =
    copy['AwsFailure'] !== undefined
      ? new copy['AwsFailure']('access-denied', 'kinesis:ListShards', 'Words.')
      : new (copy['ServiceError'] ?? Error)('conflict', 'Words.');
  expect(Object.getPrototypeOf(thrown)).not.toBe(AwsFailure.prototype);
  expect(Object.getPrototypeOf(thrown)).not.toBe(ServiceError.prototype);
  expect(describeError(wrap(thrown), 'x', log)).toMatchObject({ code, message: 'Words.' });
});

test('a refusal of the API itself stays as it is', () => {
  const refusal = new TRPCError({ code: 'BAD_REQUEST', message: 'streamName is missing' });
  expect(describeError(refusal, 'x', log)).toBe(refusal);
});

describe('the unexpected', () => {
  test('is told by an id that is found in the log, and by nothing else', () => {
    const told = describeError(wrap(new Error('at postgres://me:hunter2@host')), 'x', log);
    const id = /error ([0-9a-f]{8})\b/.exec(told.message)?.[1] ?? 'no id';
    expect(logged.join()).toContain(id);
    expect(`${told.message} ${String(told.cause)}`).not.toContain('hunter2');
  });

  test.each([
    Object.assign(new Error('connect ENOENT /tmp/.s.PGSQL.5432'), { code: 'ENOENT' }),
    Object.assign(new Error('the database system is starting up'), { code: '57P03' }),
    Object.assign(new Error('terminating connection'), { code: '57P01' }),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Failed query: select 1', {
      cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    }),
  ])('that comes from a database that is away is told as that: %s', (cause) => {
    const told = describeError(wrap(cause), 'x', log);
    expect(told.code).toBe('SERVICE_UNAVAILABLE');
    expect(told.message).toContain('does not answer');
  });

  test('in a query that is wrong is not taken for a database that is away', () => {
    const cause = Object.assign(new Error('relation "x" does not exist'), { code: '42P01' });
    expect(describeError(wrap(cause), 'x', log).code).toBe('INTERNAL_SERVER_ERROR');
  });
});
