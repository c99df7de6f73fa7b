type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Lambda's operations by method and path. Source: the service's model in the SDK. */
const ROUTES: Readonly<Record<Method, readonly (readonly [path: string, operation: string])[]>> = {
  GET: [
    ['/2016-08-19/account-settings', 'GetAccountSettings'],
    ['/2015-03-31/functions/{FunctionName}/aliases/{Name}', 'GetAlias'],
    ['/2025-11-30/capacity-providers/{CapacityProviderName}', 'GetCapacityProvider'],
    ['/2020-04-22/code-signing-configs/{CodeSigningConfigArn}', 'GetCodeSigningConfig'],
    ['/2025-12-01/durable-executions/{DurableExecutionArn}', 'GetDurableExecution'],
    ['/2025-12-01/durable-executions/{DurableExecutionArn}/history', 'GetDurableExecutionHistory'],
    ['/2025-12-01/durable-executions/{DurableExecutionArn}/state', 'GetDurableExecutionState'],
    ['/2015-03-31/event-source-mappings/{UUID}', 'GetEventSourceMapping'],
    ['/2015-03-31/functions/{FunctionName}', 'GetFunction'],
    ['/2020-06-30/functions/{FunctionName}/code-signing-config', 'GetFunctionCodeSigningConfig'],
    ['/2019-09-30/functions/{FunctionName}/concurrency', 'GetFunctionConcurrency'],
    ['/2015-03-31/functions/{FunctionName}/configuration', 'GetFunctionConfiguration'],
    ['/2019-09-25/functions/{FunctionName}/event-invoke-config', 'GetFunctionEventInvokeConfig'],
    ['/2024-08-31/functions/{FunctionName}/recursion-config', 'GetFunctionRecursionConfig'],
    ['/2025-11-30/functions/{FunctionName}/function-scaling-config', 'GetFunctionScalingConfig'],
    ['/2021-10-31/functions/{FunctionName}/url', 'GetFunctionUrlConfig'],
    ['/2018-10-31/layers/{LayerName}/versions/{VersionNumber}', 'GetLayerVersion'],
    ['/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy', 'GetLayerVersionPolicy'],
    ['/2015-03-31/functions/{FunctionName}/policy', 'GetPolicy'],
    [
      '/2019-09-30/functions/{FunctionName}/provisioned-concurrency',
      'GetProvisionedConcurrencyConfig',
    ],
    ['/2026-07-09/resource-policy/{ResourceArn}', 'GetResourcePolicy'],
    [
      '/2021-07-20/functions/{FunctionName}/runtime-management-config',
      'GetRuntimeManagementConfig',
    ],
    ['/2015-03-31/functions/{FunctionName}/aliases', 'ListAliases'],
    ['/2025-11-30/capacity-providers', 'ListCapacityProviders'],
    ['/2020-04-22/code-signing-configs', 'ListCodeSigningConfigs'],
    ['/2025-12-01/functions/{FunctionName}/durable-executions', 'ListDurableExecutionsByFunction'],
    ['/2015-03-31/event-source-mappings', 'ListEventSourceMappings'],
    [
      '/2019-09-25/functions/{FunctionName}/event-invoke-config/list',
      'ListFunctionEventInvokeConfigs',
    ],
    ['/2015-03-31/functions', 'ListFunctions'],
    [
      '/2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions',
      'ListFunctionsByCodeSigningConfig',
    ],
    ['/2021-10-31/functions/{FunctionName}/urls', 'ListFunctionUrlConfigs'],
    [
      '/2025-11-30/capacity-providers/{CapacityProviderName}/function-versions',
      'ListFunctionVersionsByCapacityProvider',
    ],
    ['/2018-10-31/layers', 'ListLayers'],
    ['/2018-10-31/layers/{LayerName}/versions', 'ListLayerVersions'],
    ['/2017-03-31/tags/{Resource}', 'ListTags'],
    ['/2015-03-31/functions/{FunctionName}/versions', 'ListVersionsByFunction'],
  ],
  POST: [
    ['/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy', 'AddLayerVersionPermission'],
    ['/2015-03-31/functions/{FunctionName}/policy', 'AddPermission'],
    [
      '/2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint',
      'CheckpointDurableExecution',
    ],
    ['/2015-03-31/functions/{FunctionName}/aliases', 'CreateAlias'],
    ['/2025-11-30/capacity-providers', 'CreateCapacityProvider'],
    ['/2020-04-22/code-signing-configs', 'CreateCodeSigningConfig'],
    ['/2015-03-31/event-source-mappings', 'CreateEventSourceMapping'],
    ['/2015-03-31/functions', 'CreateFunction'],
    ['/2021-10-31/functions/{FunctionName}/url', 'CreateFunctionUrlConfig'],
    ['/2015-03-31/functions/{FunctionName}/invocations', 'Invoke'],
    ['/2014-11-13/functions/{FunctionName}/invoke-async', 'InvokeAsync'],
    [
      '/2021-11-15/functions/{FunctionName}/response-streaming-invocations',
      'InvokeWithResponseStream',
    ],
    ['/2018-10-31/layers/{LayerName}/versions', 'PublishLayerVersion'],
    ['/2015-03-31/functions/{FunctionName}/versions', 'PublishVersion'],
    [
      '/2025-12-01/durable-execution-callbacks/{CallbackId}/fail',
      'SendDurableExecutionCallbackFailure',
    ],
    [
      '/2025-12-01/durable-execution-callbacks/{CallbackId}/heartbeat',
      'SendDurableExecutionCallbackHeartbeat',
    ],
    [
      '/2025-12-01/durable-execution-callbacks/{CallbackId}/succeed',
      'SendDurableExecutionCallbackSuccess',
    ],
    ['/2025-12-01/durable-executions/{DurableExecutionArn}/stop', 'StopDurableExecution'],
    ['/2017-03-31/tags/{Resource}', 'TagResource'],
    ['/2019-09-25/functions/{FunctionName}/event-invoke-config', 'UpdateFunctionEventInvokeConfig'],
  ],
  PUT: [
    ['/2020-06-30/functions/{FunctionName}/code-signing-config', 'PutFunctionCodeSigningConfig'],
    ['/2017-10-31/functions/{FunctionName}/concurrency', 'PutFunctionConcurrency'],
    ['/2019-09-25/functions/{FunctionName}/event-invoke-config', 'PutFunctionEventInvokeConfig'],
    ['/2024-08-31/functions/{FunctionName}/recursion-config', 'PutFunctionRecursionConfig'],
    ['/2025-11-30/functions/{FunctionName}/function-scaling-config', 'PutFunctionScalingConfig'],
    [
      '/2019-09-30/functions/{FunctionName}/provisioned-concurrency',
      'PutProvisionedConcurrencyConfig',
    ],
    ['/2026-07-09/resource-policy/{ResourceArn}', 'PutResourcePolicy'],
    [
      '/2021-07-20/functions/{FunctionName}/runtime-management-config',
      'PutRuntimeManagementConfig',
    ],
    ['/2015-03-31/functions/{FunctionName}/aliases/{Name}', 'UpdateAlias'],
    ['/2025-11-30/capacity-providers/{CapacityProviderName}', 'UpdateCapacityProvider'],
    ['/2020-04-22/code-signing-configs/{CodeSigningConfigArn}', 'UpdateCodeSigningConfig'],
    ['/2015-03-31/event-source-mappings/{UUID}', 'UpdateEventSourceMapping'],
    ['/2015-03-31/functions/{FunctionName}/code', 'UpdateFunctionCode'],
    ['/2015-03-31/functions/{FunctionName}/configuration', 'UpdateFunctionConfiguration'],
    ['/2021-10-31/functions/{FunctionName}/url', 'UpdateFunctionUrlConfig'],
  ],
  DELETE: [
    ['/2015-03-31/functions/{FunctionName}/aliases/{Name}', 'DeleteAlias'],
    ['/2025-11-30/capacity-providers/{CapacityProviderName}', 'DeleteCapacityProvider'],
    ['/2020-04-22/code-signing-configs/{CodeSigningConfigArn}', 'DeleteCodeSigningConfig'],
    ['/2015-03-31/event-source-mappings/{UUID}', 'DeleteEventSourceMapping'],
    ['/2015-03-31/functions/{FunctionName}', 'DeleteFunction'],
    ['/2020-06-30/functions/{FunctionName}/code-signing-config', 'DeleteFunctionCodeSigningConfig'],
    ['/2017-10-31/functions/{FunctionName}/concurrency', 'DeleteFunctionConcurrency'],
    ['/2019-09-25/functions/{FunctionName}/event-invoke-config', 'DeleteFunctionEventInvokeConfig'],
    ['/2021-10-31/functions/{FunctionName}/url', 'DeleteFunctionUrlConfig'],
    ['/2018-10-31/layers/{LayerName}/versions/{VersionNumber}', 'DeleteLayerVersion'],
    [
      '/2019-09-30/functions/{FunctionName}/provisioned-concurrency',
      'DeleteProvisionedConcurrencyConfig',
    ],
    ['/2026-07-09/resource-policy/{ResourceArn}', 'DeleteResourcePolicy'],
    [
      '/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}',
      'RemoveLayerVersionPermission',
    ],
    ['/2015-03-31/functions/{FunctionName}/policy/{StatementId}', 'RemovePermission'],
    ['/2017-03-31/tags/{Resource}', 'UntagResource'],
  ],
};

export type RouteMatch = {
  readonly operation: string;
  /** By the names in the path's pattern, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** @returns null where no operation has this method and path. */
export function matchRoute(method: string, path: string): RouteMatch | null {
  const parts = path.replace(/\/$/, '').split('/');
  for (const [pattern, operation] of Object.hasOwn(ROUTES, method)
    ? ROUTES[method as Method]
    : []) {
    const parameters = matchParts(pattern.split('/'), parts);
    if (parameters !== null) {
      return { operation, parameters };
    }
  }
  return null;
}

function matchParts(
  pattern: readonly string[],
  parts: readonly string[],
): Readonly<Record<string, string>> | null {
  if (pattern.length !== parts.length) {
    return null;
  }
  const parameters: Record<string, string> = {};
  for (const [i, expected] of pattern.entries()) {
    const actual = parts[i] ?? '';
    const name = /^\{(\w+)\}$/.exec(expected)?.[1];
    if (name !== undefined) {
      parameters[name] = decoded(actual);
    } else if (actual !== expected) {
      return null;
    }
  }
  return parameters;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not encoded at all, then: taken as it came.
    return text;
  }
}
