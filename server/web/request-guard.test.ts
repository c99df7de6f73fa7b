import { describe, expect, test } from 'vitest';
import { type GuardedRequest, refuseRequest } from './request-guard.ts';

const RULES = { port: 3000, allowedHosts: ['kinetoscope.example:8443'] };

const page: GuardedRequest = {
  method: 'GET',
  path: '/',
  host: 'localhost:3000',
  origin: null,
  fetchSite: 'none',
  fetchMode: 'navigate',
};
const query: GuardedRequest = {
  ...page,
  path: '/api/trpc/streams.snapshot',
  fetchSite: 'same-origin',
  fetchMode: 'cors',
};
const events: GuardedRequest = { ...query, path: '/api/trpc/live.watch' };
const mutation: GuardedRequest = {
  ...query,
  method: 'POST',
  path: '/api/trpc/streams.collectNow',
  origin: 'http://localhost:3000',
};
const program: GuardedRequest = { ...query, fetchSite: null, fetchMode: null };

const statusOf = (request: GuardedRequest) => refuseRequest(request, RULES)?.status ?? 200;

describe('what our own pages and the person ask is served', () => {
  test.each([
    ['a page', page],
    ['a page by a link from elsewhere', { ...page, fetchSite: 'cross-site' }],
    [
      'a file of a page',
      { ...page, path: '/_next/static/a.js', fetchSite: 'same-origin', fetchMode: 'no-cors' },
    ],
    ['a query', query],
    ['the stream of events', events],
    ['a mutation', mutation],
    ['a query of a program on this machine', program],
  ])('%s', (_name, request) => {
    expect(statusOf(request)).toBe(200);
  });
});

describe('hosts', () => {
  test.each([
    'localhost:3000',
    'LOCALHOST:3000',
    '127.0.0.1:3000',
    '[::1]:3000',
    'kinetoscope.localhost:3000',
    'kinetoscope.example:8443',
  ])('%s is us', (host) => {
    expect(statusOf({ ...page, host })).toBe(200);
    expect(statusOf({ ...mutation, host, origin: `http://${host}` })).toBe(200);
  });

  test.each([
    null,
    '',
    'evil.example:3000',
    'evil.example',
    // Names that are written to look like ours.
    'localhost.evil.example:3000',
    'evillocalhost:3000',
    '127.0.0.1.evil.example:3000',
    '127.0.0.1:3000@evil.example',
    'localhost:3000, evil.example',
    '-.localhost:3000',
    '.localhost:3000',
    // Another server of this machine, or none.
    'localhost:3001',
    'localhost',
    '127.0.0.1:03000000',
    'kinetoscope.example',
    '0.0.0.0:3000',
    '192.168.1.5:3000',
    '[::]:3000',
    '[::ffff:127.0.0.1]:3000',
  ])('%s is not', (host) => {
    expect(statusOf({ ...page, host })).toBe(421);
    expect(statusOf({ ...program, host })).toBe(421);
  });

  test('port 80 may go without saying', () => {
    const rules = { port: 80, allowedHosts: [] };
    expect(refuseRequest({ ...page, host: 'localhost' }, rules)).toBeNull();
  });
});

describe('DNS rebinding: the page of another site comes to us by a name of its own', () => {
  const rebound = { host: 'evil.example:3000', origin: 'http://evil.example:3000' };
  test.each([
    ['reads', { ...query, ...rebound, origin: null }],
    // Not a trustworthy place, so the browser sends no Sec-Fetch headers.
    ['reads, without Sec-Fetch', { ...program, host: rebound.host }],
    ['listens', { ...events, ...rebound }],
    ['changes', { ...mutation, ...rebound }],
  ])('%s: refused by its host, though it is its own origin', (_name, request) => {
    expect(statusOf(request)).toBe(421);
  });
});

describe('another site asks behind the back of the person', () => {
  test.each([
    [
      'a mutation by fetch',
      { ...mutation, origin: 'http://evil.example', fetchSite: 'cross-site' },
    ],
    [
      'a mutation by a form',
      {
        ...mutation,
        origin: 'http://evil.example',
        fetchSite: 'cross-site',
        fetchMode: 'navigate',
      },
    ],
    [
      'a mutation of a page without an origin',
      { ...mutation, origin: 'null', fetchSite: 'cross-site' },
    ],
    [
      'a mutation by an old browser',
      { ...mutation, origin: 'http://evil.example', fetchSite: null, fetchMode: null },
    ],
    [
      'a mutation that says nothing of itself',
      { ...mutation, origin: null, fetchSite: null, fetchMode: null },
    ],
    [
      'a mutation of another server of this machine',
      { ...mutation, origin: 'http://localhost:8080', fetchSite: 'same-site' },
    ],
    ['a query by a script tag', { ...query, fetchSite: 'cross-site', fetchMode: 'no-cors' }],
    [
      'the events by EventSource',
      { ...events, origin: 'http://evil.example', fetchSite: 'cross-site' },
    ],
    ['the API by a link', { ...query, fetchSite: 'cross-site', fetchMode: 'navigate' }],
    [
      'a page by fetch',
      { ...page, origin: 'http://evil.example', fetchSite: 'cross-site', fetchMode: 'cors' },
    ],
    ['a page as an image', { ...page, fetchSite: 'cross-site', fetchMode: 'no-cors' }],
  ])('%s', (_name, request) => {
    expect(statusOf(request)).toBe(403);
  });
});

test('the answer says what to do and carries nothing of the attacker that could act', () => {
  const refusal = refuseRequest({ ...page, host: `evil\r\n\u0007${'x'.repeat(500)}` }, RULES);
  expect(refusal?.message).toContain('http://localhost:3000');
  expect(refusal?.message.trimEnd()).toMatch(/^[\x20-\x7e]*$/);
  expect(refusal?.message.length).toBeLessThan(400);
});

describe('an address that cannot be decoded is told so', () => {
  test.each(['/streams/x/%E0%A4%A', '/%', '/100%', '/streams/%ff/a'])('%s', (path) => {
    expect(refuseRequest({ ...page, path }, RULES)).toEqual({
      status: 400,
      message: expect.stringMatching(/cannot be read.*%25/),
    });
  });

  test('one that can is served', () => {
    expect(statusOf({ ...page, path: '/streams/x/100%25%20%E2%82%AC' })).toBe(200);
  });
});
