import { DescribeStreamSummaryCommand } from '@aws-sdk/client-kinesis';
import { type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { observedByKinesalite } from '#server/conformance/kinesis/sources.ts';

/** What an endpoint answers to a request that no SDK would send. */
interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Unsigned: AWS reads the target and the body before it looks at who asks. */
async function raw(t: CaseTools, target: string | undefined, body: string): Promise<RawAnswer> {
  const response = await fetch(t.kinesisUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      ...(target === undefined ? {} : { 'x-amz-target': `Kinesis_20131202.${target}` }),
    },
    body,
    signal: t.signal,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function typeOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('__type' in body)) return undefined;
  return String(body.__type).replace(/^.*#/, '');
}

/** How requests are read and answers written, below the operations. */
export const wireCases: readonly Case[] = [
  defineCase({
    name: 'the wire / an operation that there is not',
    operation: 'the wire',
    behaviour: 'wire',
    expected: 'HTTP 400, UnknownOperationException',
    source: observedByKinesalite(
      'connection',
      "assertBody(400, 'application/x-amz-json-1.1', {__type: 'UnknownOperationException'}, done)",
    ),
    async run(t) {
      const { status, body } = await raw(t, 'ExplainStream', '{}');
      t.same('status', status, 400);
      t.same('__type', typeOf(body), 'UnknownOperationException');
    },
  }),
  defineCase({
    name: 'the wire / no target',
    operation: 'the wire',
    behaviour: 'wire',
    expected: 'HTTP 400, UnknownOperationException',
    source: observedByKinesalite(
      'connection',
      "it('should return UnknownOperationException if no target and no auth'",
    ),
    async run(t) {
      const { status, body } = await raw(t, undefined, '{}');
      t.same('status', status, 400);
      t.same('__type', typeOf(body), 'UnknownOperationException');
    },
  }),
  defineCase({
    name: 'the wire / a body that is no JSON',
    operation: 'the wire',
    behaviour: 'wire',
    expected: 'HTTP 400, SerializationException',
    source: observedByKinesalite(
      'connection',
      "it('should return SerializationException if non-JSON body' ... body: 'hello', noSign: true}, assertSerialization(done))",
    ),
    async run(t) {
      const { status, body } = await raw(t, 'ListStreams', 'hello');
      t.same('status', status, 400);
      t.same('__type', typeOf(body), 'SerializationException');
    },
  }),
  defineCase({
    name: 'the wire / headers of an answer',
    operation: 'the wire',
    behaviour: 'wire',
    expected: 'a content type of JSON 1.1, the length, a request id',
    source: observedByKinesalite(
      'connection',
      "res.headers['content-type'].should.equal(contentType) ... res.headers['content-length'].should.equal(...) res.headers['x-amzn-requestid'].should.match(uuidRegex)",
    ),
    async run(t) {
      const { headers, body } = await raw(t, 'ListStreams', 'hello');
      t.same('content-type', headers.get('content-type'), 'application/x-amz-json-1.1');
      t.holds('content-length', headers.has('content-length'), headers.get('content-length'));
      t.matches(
        'x-amzn-requestid',
        headers.get('x-amzn-requestid') ?? undefined,
        /^[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}$/,
      );
      t.holds('body', typeof body === 'object', body);
    },
  }),
  defineRefusal({
    operation: 'the wire',
    behaviour: 'wire',
    title: 'a number where a name belongs',
    exception: 'SerializationException',
    source: observedByKinesalite(
      'describeStreamSummary',
      "it('should return SerializationException when StreamName is not a String'",
    ),
    prepare: (t) => () =>
      t.kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 42 as unknown as string })),
  }),
];
