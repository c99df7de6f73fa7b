import { request as httpRequest } from 'node:http';
import { z } from 'zod';
import { queryProduct } from './fixtures/database.ts';
import type { Product } from './fixtures/product.ts';
import { expect, test } from './fixtures/test.ts';

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** One raw request: neither fetch nor a browser lets its caller choose Host. */
function ask(
  product: Product,
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    // Node takes an empty Host for none, and would fill in its own.
    const setHost = headers['host'] === undefined;
    const sent = httpRequest(new URL(path, product.url), { method, headers, setHost }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const READ_NOW = '/api/trpc/streams.collectNow';
const WATCH = `/api/trpc/live.watch?input=${encodeURIComponent('{"stream":null}')}`;
const readNow = (connection: string) => JSON.stringify({ connection });

test('a page under a name of somebody else, or of nobody, is refused, whatever it asks for', async ({
  product,
}) => {
  const { port } = new URL(product.url);
  for (const host of ['', `rebound.example:${port}`, 'localhost', `localhost.example:${port}`]) {
    for (const path of ['/', '/api/health', '/api/trpc/streams.snapshot', WATCH]) {
      const { status, body } = await ask(product, path, { headers: { host } });
      expect([host, path, status]).toEqual([host, path, 421]);
      expect(body).not.toContain('tweets');
    }
  }
});

test('another site may not read the live figures', async ({ product }) => {
  const elsewhere: Readonly<Record<string, string>>[] = [
    { origin: 'http://elsewhere.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
  ];
  for (const headers of elsewhere) {
    const { status, body } = await ask(product, WATCH, {
      headers: { accept: 'text/event-stream', ...headers },
    });
    expect([headers, status]).toEqual([headers, 403]);
    expect(body).not.toContain('tweets');
  }
});

test('another site may not change anything, and what it tried is not even audited', async ({
  product,
}) => {
  const connection = 'asked-by-another-site';
  const elsewhere: Readonly<Record<string, string>>[] = [
    { origin: 'http://elsewhere.example' },
    { 'sec-fetch-site': 'cross-site' },
    // Neither a browser of today nor a program that says whom it means.
    {},
  ];
  for (const headers of elsewhere) {
    const { status } = await ask(product, READ_NOW, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: readNow(connection),
    });
    expect([headers, status]).toEqual([headers, 403]);
  }
  expect(await readAudit(product, connection)).toEqual([]);
});

test('a page may run only the scripts that bear the nonce of its answer', async ({ product }) => {
  const [first, second] = [await ask(product, '/'), await ask(product, '/')];
  const nonces = [first, second].map(({ headers, body }) => {
    const policy = String(headers['content-security-policy']);
    const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce).not.toBe('');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(/script-src [^;]*unsafe-(inline|eval)/.test(policy)).toBe(false);
    const scripts = body.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    return nonce;
  });
  expect(nonces[0]).not.toBe(nonces[1]);
});

test('a mutation is audited: its intent before, its outcome after', async ({ product }) => {
  const origin = new URL(product.url).origin;
  const headers = { origin, 'content-type': 'application/json' };
  const unknown = `nobody-${Date.now()}`;
  const before = await readAudit(product, 'embedded');

  const done = await ask(product, READ_NOW, { method: 'POST', headers, body: readNow('embedded') });
  expect(done.status).toBe(200);
  // Other tests change things at the same time; none of them asks for a reading.
  const added = (await readAudit(product, 'embedded')).slice(before.length);
  expect(added.filter(({ procedure }) => procedure === 'streams.collectNow')).toEqual([
    {
      actor: 'local operator',
      role: 'operator',
      procedure: 'streams.collectNow',
      outcome: 'ok',
      error: null,
    },
  ]);

  const failed = await ask(product, READ_NOW, { method: 'POST', headers, body: readNow(unknown) });
  expect(failed.status).toBe(404);
  const [entry] = await readAudit(product, unknown);
  expect(entry).toMatchObject({ outcome: 'error', error: expect.stringContaining(unknown) });
});

const auditSchema = z.array(
  z.object({
    actor: z.string(),
    role: z.string(),
    procedure: z.string(),
    outcome: z.string().nullable(),
    error: z.string().nullable(),
  }),
);

/** Entries whose input names the connection, oldest first. */
async function readAudit(product: Product, connection: string) {
  const rows = await queryProduct(
    product,
    'SELECT actor, role, procedure, outcome, error FROM audit WHERE position($1 in input::text) > 0 ORDER BY id',
    [JSON.stringify(connection)],
  );
  return auditSchema.parse(rows);
}
