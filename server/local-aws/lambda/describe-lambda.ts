import { WireTime, type WireValue } from '#server/local-aws/wire/wire-value.ts';
import type { EventSourceMapping, LambdaFunction } from './lambda-account.ts';

type Place = { readonly accountId: string; readonly region: string };

export function functionArn(name: string, { accountId, region }: Place): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${name}`;
}

/** Source: API reference, EventSourceMappingConfiguration. */
export function describeMapping(mapping: EventSourceMapping, place: Place): WireValue {
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: `arn:aws:lambda:${place.region}:${place.accountId}:event-source-mapping:${mapping.uuid}`,
    EventSourceArn: mapping.eventSourceArn,
    FunctionArn: functionArn(mapping.functionName, place),
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: 0,
    ParallelizationFactor: mapping.parallelizationFactor,
    StartingPosition: mapping.startingPosition,
    State: mapping.state,
    StateTransitionReason: 'User action',
    LastModified: new WireTime(mapping.createdAtMs),
    LastProcessingResult: mapping.lastProcessingResult,
    BisectBatchOnFunctionError: false,
    // Never given up, and never too old: AWS writes both as -1.
    MaximumRetryAttempts: -1,
    MaximumRecordAgeInSeconds: -1,
    TumblingWindowInSeconds: 0,
    DestinationConfig: { OnFailure: {} },
    FunctionResponseTypes: [],
  };
}

/** Source: API reference, FunctionConfiguration. */
export function describeFunction(of: LambdaFunction, place: Place): WireValue {
  return {
    FunctionName: of.name,
    FunctionArn: functionArn(of.name, place),
    Description: of.description,
    Version: '$LATEST',
    PackageType: 'Zip',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: `arn:aws:iam::${place.accountId}:role/${of.name}`,
    Timeout: 60,
    MemorySize: 256,
    LastModified: new Date(of.deployedAtMs).toISOString().replace('Z', '+0000'),
    TracingConfig: { Mode: 'PassThrough' },
    Architectures: ['arm64'],
  };
}
