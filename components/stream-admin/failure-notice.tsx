import { CopyText } from '#components/primitives/copy-text.tsx';
import { policyStatement } from '#lib/stream-admin/policy-statement.ts';
import classes from './failure-notice.module.css';

/**
 * Why something failed, in words, and, where a permission is missing, the statement to add to the policy.
 * @param props.title what was not done or not read
 * @param props.streamArn what the permission is for; null where it is for the account
 */
export function FailureNotice(props: {
  readonly title: string;
  readonly message: string;
  readonly deniedAction: string | null;
  readonly streamArn: string | null;
}) {
  return (
    <div className={classes.notice} role="alert">
      <p className={classes.title}>{props.title}</p>
      <p>{props.message}</p>
      {props.deniedAction !== null && (
        <PolicyStatement action={props.deniedAction} streamArn={props.streamArn} />
      )}
    </div>
  );
}

/** The statement that allows `action`, ready to copy. */
export function PolicyStatement(props: {
  readonly action: string;
  readonly streamArn: string | null;
}) {
  const statement = policyStatement(props.action, props.streamArn);
  return (
    <div className={classes.policy}>
      <p className={classes.lead}>
        Add this statement to the policy of the connection’s user or role
        <CopyText whole={statement} what="the policy statement" />
      </p>
      <pre className={classes.statement}>{statement}</pre>
    </div>
  );
}
