import type { StreamStatus } from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, type Source } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { asRefusal } from '#server/conformance/refusal.ts';
import type { StreamWish } from '#server/conformance/stream-lease.ts';

/** What operations document for a stream that is not ACTIVE. */
export function notActive(operation: string): Source {
  return apiReference(
    operation,
    'ResourceInUseException: The resource is not available for this operation. For successful operation, the resource must be in the ACTIVE state.',
  );
}

/**
 * The call must be refused because the stream is CREATING or UPDATING. Where the endpoint is through with that before
 * the call, nothing can be said.
 */
export async function refusedWhile(
  t: CaseTools,
  status: StreamStatus,
  stream: string,
  send: () => Promise<unknown>,
  exception: string | readonly string[] = 'ResourceInUseException',
): Promise<void> {
  const statusNow = async () => {
    try {
      return (await t.streams.summary(stream)).StreamStatus;
    } catch (error) {
      if (asRefusal(error)?.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  };
  if ((await statusNow()) !== status) t.notApplicable(`the stream is not ${status} long enough`);
  let answer: unknown;
  try {
    answer = await send();
  } catch (error) {
    await t.refused(exception, () => Promise.reject(error));
    return;
  }
  if ((await statusNow()) !== status) t.notApplicable(`the stream is not ${status} long enough`);
  await t.refused(exception, () => Promise.resolve(answer));
}

/**
 * A case which calls while its stream is CREATING, and must be refused.
 * @param wish what the stream is made with
 * @param exception where the order of looking is not documented: one of them
 */
export function refusedWhileCreating(
  operation: string,
  send: (t: CaseTools, stream: { readonly name: string; readonly arn: string }) => Promise<unknown>,
  {
    wish = {},
    exception = ['ResourceInUseException'],
    source = notActive(operation),
  }: {
    readonly wish?: StreamWish;
    readonly exception?: readonly string[];
    readonly source?: Source;
  } = {},
): Case {
  return defineCase({
    name: `${operation} / while the stream is CREATING`,
    operation,
    behaviour: 'wrong-state',
    expected: exception.join(' or '),
    source,
    async run(t) {
      const { name } = await t.streams.begin(wish);
      const { StreamARN: arn = '' } = await t.streams.summary(name);
      await refusedWhile(t, 'CREATING', name, () => send(t, { name, arn }), exception);
    },
  });
}
