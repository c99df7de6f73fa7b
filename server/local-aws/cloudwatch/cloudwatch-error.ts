import { AwsError, type AwsErrorNames } from '#server/local-aws/protocol/aws-error.ts';

/**
 * CloudWatch's errors: `type` is the shape's name on the JSON wire, `queryCode` what clients of the older
 * query protocol know, sent in `x-amzn-query-error`. Source: the service's model in the SDK.
 */
const ERRORS = {
  InvalidParameterValueException: { queryCode: 'InvalidParameterValue', status: 400 },
  InvalidParameterCombinationException: { queryCode: 'InvalidParameterCombination', status: 400 },
  MissingRequiredParameterException: { queryCode: 'MissingParameter', status: 400 },
  InvalidNextToken: { queryCode: 'InvalidNextToken', status: 400 },
  LimitExceededFault: { queryCode: 'LimitExceeded', status: 400 },
  ValidationException: { queryCode: 'ValidationError', status: 400 },
  SerializationException: { queryCode: 'MalformedInput', status: 400 },
  UnknownOperationException: { queryCode: 'InvalidAction', status: 404 },
  MissingAuthenticationToken: { queryCode: 'MissingAuthenticationToken', status: 403 },
  Throttling: { queryCode: 'Throttling', status: 400 },
  InternalServiceFault: { queryCode: 'InternalServiceError', status: 500 },
} as const;

export type CloudWatchErrorType = keyof typeof ERRORS;

/** What a caller of CloudWatch is told. */
export class CloudWatchError extends AwsError {
  override readonly name = 'CloudWatchError';
  readonly type: CloudWatchErrorType;

  constructor(type: CloudWatchErrorType, message: string) {
    super(errorNames(type), message);
    this.type = type;
  }
}

export function errorNames(type: CloudWatchErrorType): AwsErrorNames {
  return { type, ...ERRORS[type] };
}
