import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { type Aws, openAws } from './open-aws.ts';

const BYTES = Buffer.from('{"a":1}{"b":2}');
const OBJECT = { bucket: 'archive', key: 'k', versionId: null, etag: 'e', bytes: BYTES.length };
const SLOW_DOWN =
  '<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>';

type Answer = (response: ServerResponse) => void;

const slowDown: Answer = (response) => {
  response.writeHead(503, { 'content-type': 'application/xml' }).end(SLOW_DOWN);
};
const resetHalfWay: Answer = (response) => {
  response.writeHead(206, { 'content-length': BYTES.length });
  response.write(BYTES.subarray(0, 5), () => response.destroy());
};
const cutShort: Answer = (response) => {
  response.writeHead(206, { 'content-length': 5 }).end(BYTES.subarray(0, 5));
};
const whole: Answer = (response) => {
  response.writeHead(206, { 'content-length': BYTES.length }).end(BYTES);
};

/** What S3 answers, one request after the other; then `whole`. */
let answers: Answer[] = [];
let asked: { readonly method: string; readonly range: string; readonly ifMatch: string }[] = [];
let server: Server;
let aws: Aws;

beforeAll(async () => {
  server = createServer(({ method = '', headers }: IncomingMessage, response) => {
    const { range = '', 'if-match': ifMatch = '' } = headers;
    asked.push({ method, range, ifMatch });
    (answers.shift() ?? whole)(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const s3 = `http://127.0.0.1:${port}`;
  aws = openAws(embeddedConnectionTo({ s3 }), { repeats: false });
});

afterAll(async () => {
  aws.close();
  await new Promise((resolve) => server.close(resolve));
});

async function bytesWith(given: Answer[]): Promise<string> {
  answers = given;
  asked = [];
  const pieces: Uint8Array[] = [];
  const { signal } = new AbortController();
  for await (const piece of aws.archives.read(OBJECT, {}, signal)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

it('asks again where S3 is busy or breaks off, and gives nothing of what broke off', async () => {
  expect(await bytesWith([slowDown, resetHalfWay])).toBe(BYTES.toString());
  expect(await bytesWith([cutShort])).toBe(BYTES.toString());
  // Each time all of the piece, of the version that was listed.
  const again = { method: 'GET', range: `bytes=0-${BYTES.length - 1}`, ifMatch: '"e"' };
  expect(asked).toEqual([again, again]);
});
