import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runConformance } from './cli.ts';

const ONE_CASE = 'DescribeAccountSettings / tells the status';
const ITS_NAME = 'DescribeAccountSettings / tells the status of the commitment';

let folder: string;
let printed: string;
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-cli-'));
  printed = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      printed += String(chunk);
      return true;
    });
  }
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const close of closers.splice(0)) await close();
  await rm(folder, { recursive: true });
});

async function endpoint(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers every operation by this status of the commitment. */
function committed(status: string): Promise<string> {
  return endpoint((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ MinimumThroughputBillingCommitment: { Status: status } }));
  });
}

function run(url: string, ...more: string[]): Promise<number> {
  return runConformance(['--kinesis', url, '--client', 'http1', '--only', ONE_CASE, ...more]);
}

async function known(...cases: string[]): Promise<string> {
  const path = join(folder, 'known.json');
  const groups = [{ title: 'Commitments', fault: 'the endpoint', why: 'it makes them up', cases }];
  await writeFile(path, JSON.stringify({ groups }));
  return path;
}

test('0 where all is as expected', async () => {
  expect(await run(await committed('DISABLED'))).toBe(0);
  expect(printed).toContain('1 cases: 1 same');
});

test('1 where something differs, with what was expected, seen, and who says so', async () => {
  expect(await run(await committed('PERHAPS'))).toBe(1);
  expect(printed).toMatch(/differs +DescribeAccountSettings/);
  expect(printed).toContain('"PERHAPS"');
  expect(printed).toContain('https://docs.aws.amazon.com/kinesis/');
});

test('0 where what differs is known', async () => {
  expect(await run(await committed('PERHAPS'), '--known', await known(ITS_NAME))).toBe(0);
  expect(printed).toContain('1 known');
});

test('a known difference that is none is told', async () => {
  expect(await run(await committed('DISABLED'), '--known', await known(ITS_NAME))).toBe(0);
  expect(printed).toMatch(/stale +DescribeAccountSettings/);
});

test('the reports: JSON by case, Markdown by group', async () => {
  const [json, markdown] = [join(folder, 'report.json'), join(folder, 'report.md')];
  const files = ['--json', json, '--markdown', markdown];
  await run(await committed('PERHAPS'), '--known', await known(ITS_NAME), ...files);
  const report: unknown = JSON.parse(await readFile(json, 'utf8'));
  expect(report).toMatchObject({
    client: 'http1',
    results: [
      {
        name: ITS_NAME,
        operation: 'DescribeAccountSettings',
        verdict: 'known',
        behaviour: 'success',
      },
    ],
    stale: [],
    leftBehind: [],
  });
  const text = await readFile(markdown, 'utf8');
  expect(text).toContain('### Commitments');
  expect(text).toContain('it makes them up');
  expect(text).not.toContain('Not explained yet');
});

test('a difference that nobody has explained stands apart in Markdown', async () => {
  const markdown = join(folder, 'report.md');
  await run(await committed('PERHAPS'), '--markdown', markdown);
  expect(await readFile(markdown, 'utf8')).toContain('### Not explained yet');
});

test('2 and one clear sentence where nothing answers', async () => {
  expect(await run('http://127.0.0.1:1')).toBe(2);
  expect(printed).toMatch(/^Nothing that speaks Kinesis answers at http:\/\/127\.0\.0\.1:1 /);
});

test('2 where the list of known differences has another form', async () => {
  const path = join(folder, 'known.json');
  await writeFile(path, '{"groups": [{}]}');
  expect(await run(await committed('DISABLED'), '--known', path)).toBe(2);
  expect(printed).toContain('has another form');
});

test('2 for wrong use, 0 for help', async () => {
  expect(await runConformance(['--nothing'])).toBe(2);
  expect(await runConformance(['--help'])).toBe(0);
  expect(printed).toContain('--kinesis-local');
});
