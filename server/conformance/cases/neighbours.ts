import type { Case } from '#server/conformance/case.ts';
import { cloudwatchCases } from './cloudwatch.ts';
import { dynamodbCases } from './dynamodb.ts';
import { s3Cases } from './s3.ts';

/** Cases about the services beside Kinesis that its clients rest on. */
export const NEIGHBOUR_CASES: readonly Case[] = [...cloudwatchCases, ...dynamodbCases, ...s3Cases];
