import type { StreamStatus } from '@aws-sdk/client-kinesis';
import type { Source } from '#server/conformance/case.ts';
import { apiReference } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { asRefusal } from '#server/conformance/refusal.ts';

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
