import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DeleteFunctionCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const PAST_MINUTES = 3;
const STREAM = 'document-changed-stream';

let world: World;
let lambda: LambdaClient;
let cloudwatch: CloudWatchClient;

beforeAll(async () => {
  world = await startWorld({
    scenario: 'demo',
    clock: 'virtual',
    startAtMs: NOW_MS,
    pastMinutes: PAST_MINUTES,
  });
  lambda = new LambdaClient({ ...LOCAL_CLIENT, endpoint: world.endpoints.lambda });
  cloudwatch = new CloudWatchClient({ ...LOCAL_CLIENT, endpoint: world.endpoints.cloudwatch });
});

afterAll(async () => {
  lambda.destroy();
  cloudwatch.destroy();
  await world.close();
});

describe('Lambda', () => {
  it('lists what reads a stream, by the stream and by the function', async () => {
    const { streamArn } = world.engine.describeStreamSummary({ streamName: STREAM });
    const list = async (input: { EventSourceArn?: string; FunctionName?: string }) => {
      const answer = await lambda.send(new ListEventSourceMappingsCommand(input));
      expect(answer.NextMarker).toBeUndefined();
      return answer.EventSourceMappings ?? [];
    };
    const [mapping] = await list({ EventSourceArn: streamArn });
    expect(mapping).toMatchObject({
      EventSourceArn: streamArn,
      FunctionArn: expect.stringMatching(
        /^arn:aws:lambda:us-east-1:\d{12}:function:document-indexer$/,
      ),
      BatchSize: 100,
      ParallelizationFactor: 1,
      StartingPosition: 'TRIM_HORIZON',
      State: 'Enabled',
      LastProcessingResult: 'OK',
      LastModified: new Date(NOW_MS - PAST_MINUTES * 60_000),
    });
    for (const FunctionName of [
      'document-indexer',
      mapping?.FunctionArn ?? '',
      `${mapping?.FunctionArn}:7`,
    ]) {
      expect(await list({ FunctionName })).toEqual([mapping]);
    }
    expect(await list({ EventSourceArn: `${streamArn}-other` })).toEqual([]);
    expect(await list({ EventSourceArn: `${streamArn}/consumer/c:1` })).toEqual([]);
    expect(await list({ FunctionName: 'other' })).toEqual([]);
    expect(
      await lambda.send(new GetEventSourceMappingCommand({ UUID: mapping?.UUID })),
    ).toMatchObject(mapping ?? {});
  });

  it('pages', async () => {
    const { mappings } = world.scenario.lambdaAccount;
    const seen: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page: {
        NextMarker?: string | undefined;
        EventSourceMappings?: { UUID?: string | undefined }[] | undefined;
      } = await lambda.send(
        new ListEventSourceMappingsCommand({
          MaxItems: 1,
          ...(Marker !== undefined && { Marker }),
        }),
      );
      seen.push(...(page.EventSourceMappings ?? []).map(({ UUID }) => UUID));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(seen).toEqual(mappings.map(({ uuid }) => uuid));
    await expect(
      lambda.send(new ListEventSourceMappingsCommand({ Marker: 'nonsense' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('lists functions', async () => {
    const { Functions } = await lambda.send(new ListFunctionsCommand({}));
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toContain('document-indexer');
  });

  it('does not find what is not there, and refuses what is not played, by its action', async () => {
    await expect(lambda.send(new GetEventSourceMappingCommand({ UUID: 'none' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
    await expect(
      lambda.send(new DeleteFunctionCommand({ FunctionName: 'document-indexer' })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('lambda:DeleteFunction'),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('tells how old the records were that functions got', async () => {
    const read = async (MetricName: string) => {
      const { Datapoints = [] } = await cloudwatch.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/Lambda',
          MetricName,
          Dimensions: [{ Name: 'FunctionName', Value: 'document-indexer' }],
          StartTime: new Date(NOW_MS - PAST_MINUTES * 60_000),
          EndTime: new Date(NOW_MS),
          Period: 60,
          Statistics: ['Sum', 'SampleCount', 'Maximum', 'Average'],
        }),
      );
      return Datapoints.sort((a, b) => Number(a.Timestamp) - Number(b.Timestamp));
    };
    const ages = await read('IteratorAge');
    expect(ages).toHaveLength(PAST_MINUTES);
    for (const { Unit, Average = 0, Maximum = 0 } of ages) {
      expect(Unit).toBe('Milliseconds');
      expect(Average).toBeGreaterThan(0);
      expect(Maximum).toBeLessThan(30_000);
    }
    const invocations = await read('Invocations');
    // Four shards, once a second.
    expect(invocations[1]?.Sum).toBeGreaterThan(100);
    expect(invocations.map(({ Sum }) => Sum)).toEqual(ages.map(({ SampleCount }) => SampleCount));
    expect(world.scenario.lambdas[0]?.actor.run.indexedCount).toBeGreaterThan(20);
  });
});
