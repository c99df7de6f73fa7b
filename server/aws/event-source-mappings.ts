import { type LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import type { EventSourceMapping } from '#lib/domain/consumers/managed-consumers.ts';
import type { Caller } from './call.ts';

/**
 * Lambda's event source mappings of one source: the ARN of a stream, or of a consumer of enhanced fan-out. Lambda
 * lists neither under the other. @throws AwsFailure
 */
export async function listEventSourceMappings(
  lambda: LambdaClient,
  caller: Caller,
  sourceArn: string,
  signal: AbortSignal,
): Promise<readonly EventSourceMapping[]> {
  const found: EventSourceMapping[] = [];
  let marker: string | undefined;
  do {
    const page = await caller.call('lambda:ListEventSourceMappings', signal, (abortSignal) =>
      lambda.send(
        new ListEventSourceMappingsCommand({
          EventSourceArn: sourceArn,
          ...(marker !== undefined && { Marker: marker }),
        }),
        { abortSignal },
      ),
    );
    for (const given of page.EventSourceMappings ?? []) {
      if (given.UUID === undefined || given.FunctionArn === undefined) continue;
      found.push({
        uuid: given.UUID,
        functionName: functionNameOf(given.FunctionArn),
        functionArn: given.FunctionArn,
        sourceArn,
        state: given.State ?? 'Unknown',
        batchSize: given.BatchSize ?? null,
        parallelizationFactor: given.ParallelizationFactor ?? null,
        lastResult: given.LastProcessingResult ?? null,
      });
    }
    marker = page.NextMarker;
  } while (marker !== undefined && marker !== '');
  return found;
}

/**
 * The name within a function's ARN, which may end in a version or an alias.
 * @example functionNameOf('arn:aws:lambda:us-east-1:123456789012:function:indexer:live') // 'indexer'
 */
function functionNameOf(functionArn: string): string {
  return /:function:([^:]+)/.exec(functionArn)?.[1] ?? functionArn;
}
