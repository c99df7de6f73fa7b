import { z } from 'zod';
import { AwsError, type AwsErrorNames } from '#server/local-aws/protocol/aws-error.ts';
import { parseInput } from '#server/local-aws/protocol/parse-input.ts';
import { notAuthorized } from '#server/local-aws/protocol/principal.ts';
import {
  type ServiceContext,
  type ServiceHandler,
  serveAws,
} from '#server/local-aws/protocol/serve-aws.ts';
import type { WireValue } from '#server/local-aws/wire/wire-value.ts';
import { describeFunction, describeMapping, functionArn } from './describe-lambda.ts';
import type { LambdaAccount } from './lambda-account.ts';
import { restProtocol } from './rest-protocol.ts';

/** Of one page. Source: API reference, ListFunctions and ListEventSourceMappings. */
const FUNCTIONS_PER_PAGE = 50;
const MAPPINGS_PER_PAGE = 100;

const page = {
  Marker: z.string().optional(),
  MaxItems: z.coerce.number().int().min(1).max(10_000).optional(),
};

const listFunctionsRequest = z.object(page);
const listMappingsRequest = z.object({
  ...page,
  EventSourceArn: z.string().optional(),
  FunctionName: z.string().min(1).max(140).optional(),
});
const getMappingRequest = z.object({ UUID: z.string().min(1) });

export type LambdaServerOptions = ServiceContext & {
  readonly accountId: string;
  readonly region: string;
  readonly account: () => LambdaAccount;
};

/** Lambda, to be looked at: the functions and event source mappings that really run. */
export function createLambdaServer(options: LambdaServerOptions): ServiceHandler {
  const { accountId, region, account } = options;
  const place = { accountId, region };

  function listMappings(input: unknown): WireValue {
    const request = parseInput(listMappingsRequest, input, INVALID);
    const { EventSourceArn, FunctionName } = request;
    const wanted = FunctionName === undefined ? undefined : functionNameOf(FunctionName);
    const found = account().mappings.filter(
      (mapping) =>
        (EventSourceArn === undefined || mapping.eventSourceArn === EventSourceArn) &&
        (wanted === undefined || mapping.functionName === wanted),
    );
    const { items, next } = pageOf(found, request, MAPPINGS_PER_PAGE);
    return {
      EventSourceMappings: items.map((mapping) => describeMapping(mapping, place)),
      NextMarker: next,
    };
  }

  function getMapping(input: unknown): WireValue {
    const { UUID } = parseInput(getMappingRequest, input, INVALID);
    const mapping = account().mappings.find(({ uuid }) => uuid === UUID);
    if (mapping === undefined) {
      throw new AwsError(NOT_FOUND, 'The resource you requested does not exist.');
    }
    return describeMapping(mapping, place);
  }

  function listFunctions(input: unknown): WireValue {
    const request = parseInput(listFunctionsRequest, input, INVALID);
    const { items, next } = pageOf(account().functions, request, FUNCTIONS_PER_PAGE);
    return { Functions: items.map((one) => describeFunction(one, place)), NextMarker: next };
  }

  return serveAws(
    {
      protocols: [restProtocol],
      operations: {
        ListEventSourceMappings: listMappings,
        GetEventSourceMapping: getMapping,
        ListFunctions: listFunctions,
      },
      refuse: (operation) =>
        operation === ''
          ? new AwsError(named('UnknownOperationException', 404), 'Unknown operation')
          : notAuthorized(named('AccessDeniedException', 403), accountId, actionOf(operation)),
      errors: {
        missingCredentials: named('MissingAuthenticationTokenException', 403),
        throttled: named('TooManyRequestsException', 429),
        failed: named('ServiceException', 500),
      },
    },
    options,
  );

  /** A name, an ARN or a part of one, with a version or without. */
  function functionNameOf(text: string): string {
    const unqualified = /^(?:(?:arn:aws[^:]*:lambda:[^:]*:)?\d{12}:)?(?:function:)?([\w-]+)/.exec(
      text,
    );
    const name = unqualified?.[1];
    const isElsewhere = text.startsWith('arn:') && !text.startsWith(functionArn(name ?? '', place));
    if (name === undefined || isElsewhere) {
      throw new AwsError(INVALID, `${text} is no function of this account and region.`);
    }
    return name;
  }
}

const INVALID = named('InvalidParameterValueException', 400);
const NOT_FOUND = named('ResourceNotFoundException', 404);

function named(type: string, status: number): AwsErrorNames {
  return { type, queryCode: type, status };
}

/** IAM's name of what an operation does; nearly always its own. */
function actionOf(operation: string): string {
  const isInvocation = operation === 'Invoke' || operation === 'InvokeWithResponseStream';
  return `lambda:${isInvocation ? 'InvokeFunction' : operation}`;
}

/** @throws AwsError for a marker that we did not give out. */
function pageOf<T>(
  all: readonly T[],
  { Marker, MaxItems = 10_000 }: { Marker?: string | undefined; MaxItems?: number | undefined },
  most: number,
): { readonly items: readonly T[]; readonly next: string | undefined } {
  const from = Marker === undefined ? 0 : Number(Buffer.from(Marker, 'base64url').toString());
  if (!Number.isSafeInteger(from) || from < 0) {
    throw new AwsError(INVALID, 'The marker is not valid.');
  }
  const to = from + Math.min(MaxItems, most);
  return {
    items: all.slice(from, to),
    next: to < all.length ? Buffer.from(String(to)).toString('base64url') : undefined,
  };
}
