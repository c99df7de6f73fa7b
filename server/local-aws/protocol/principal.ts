import { AwsError, type AwsErrorNames } from './aws-error.ts';

/** The user that every caller is taken to be, since signatures are not verified. */
export function principalArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:user/local`;
}

/** What that user is told of an action that no policy allows: here, every one that is not played. */
export function notAuthorized(names: AwsErrorNames, accountId: string, action: string): AwsError {
  return new AwsError(
    names,
    `User: ${principalArn(accountId)} is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`,
  );
}
