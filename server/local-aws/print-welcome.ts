import { exportLines, sdkEnvironment } from './environment.ts';
import type { World } from './world.ts';

/** What a person sees who has started the world by hand. */
export function welcome({ endpoints, options }: World): string {
  return [
    'Kinesis, CloudWatch, DynamoDB and S3 run on this machine, in memory; STS, Firehose and Lambda say who reads.',
    'Point an SDK or the CLI at them:',
    '',
    exportLines(sdkEnvironment(endpoints, options.region)),
    '  aws kinesis list-streams',
    '  aws cloudwatch list-metrics --namespace AWS/Kinesis',
    '  aws lambda list-event-source-mappings',
    '',
    `Health, faults and control of the scenario: ${endpoints.admin} . Ctrl-C ends it, and all that it holds.`,
    '',
  ].join('\n');
}
