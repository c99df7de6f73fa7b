import { AwsError, type AwsErrorNames } from '#server/local-aws/protocol/aws-error.ts';
import { notAuthorized, principalArn } from '#server/local-aws/protocol/principal.ts';
import { queryProtocol } from '#server/local-aws/protocol/query-protocol.ts';
import {
  type ServiceContext,
  type ServiceHandler,
  serveAws,
} from '#server/local-aws/protocol/serve-aws.ts';

const VERSION = '2011-06-15';

/** Of the form that IAM gives a user's id; there is only this one. */
const USER_ID = 'AIDA00000000000LOCAL0';

/** What the service can do and this user may not. Source: API reference, Actions. */
const DENIED = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'AssumeRoot',
  'DecodeAuthorizationMessage',
  'GetAccessKeyInfo',
  'GetDelegatedAccessToken',
  'GetFederationToken',
  'GetSessionToken',
  'GetWebIdentityToken',
]);

const ACCESS_DENIED: AwsErrorNames = { ...same('AccessDenied'), status: 403 };
const INVALID_ACTION: AwsErrorNames = { ...same('InvalidAction'), status: 400 };

/** STS as far as it takes to find out whose account this is. */
export function createStsServer(options: ServiceContext & { accountId: string }): ServiceHandler {
  const { accountId } = options;
  return serveAws(
    {
      protocols: [
        queryProtocol({
          version: VERSION,
          xmlNamespace: `https://sts.amazonaws.com/doc/${VERSION}/`,
        }),
      ],
      operations: {
        GetCallerIdentity: () => ({
          Arn: principalArn(accountId),
          UserId: USER_ID,
          Account: accountId,
        }),
      },
      refuse: (operation) =>
        DENIED.has(operation)
          ? notAuthorized(ACCESS_DENIED, accountId, `sts:${operation}`)
          : new AwsError(
              INVALID_ACTION,
              `Could not find operation ${operation} for version ${VERSION}`,
            ),
      errors: {
        missingCredentials: { ...same('MissingAuthenticationToken'), status: 403 },
        throttled: { ...same('Throttling'), status: 400 },
        failed: { ...same('InternalFailure'), status: 500 },
      },
    },
    options,
  );
}

function same(name: string): { readonly type: string; readonly queryCode: string } {
  return { type: name, queryCode: name };
}
