import type { Case } from '#server/conformance/case.ts';
import { accountCases } from './account.ts';
import { accountRatesCases } from './account-rates.ts';
import { addressingCases } from './addressing.ts';
import { channelsCases } from './channels.ts';
import { consumersCases } from './consumers.ts';
import { createStreamCases } from './create-stream.ts';
import { deleteStreamCases } from './delete-stream.ts';
import { describeStreamCases } from './describe-stream.ts';
import { distributionStrategyCases } from './distribution-strategy.ts';
import { encryptionCases } from './encryption.ts';
import { enhancedMonitoringCases } from './enhanced-monitoring.ts';
import { listStreamsCases } from './list-streams.ts';
import { maxRecordSizeCases } from './max-record-size.ts';
import { resourcePolicyCases } from './resource-policy.ts';
import { resourceTagsCases } from './resource-tags.ts';
import { retentionCases } from './retention.ts';
import { streamModeCases } from './stream-mode.ts';
import { tagsCases } from './tags.ts';
import { wireCases } from './wire.ts';

/** Cases about streams, their settings, consumers and channels. */
export const CONTROL_PLANE_CASES: readonly Case[] = [
  ...addressingCases,
  ...createStreamCases,
  ...deleteStreamCases,
  ...describeStreamCases,
  ...listStreamsCases,
  ...retentionCases,
  ...accountCases,
  ...consumersCases,
  ...distributionStrategyCases,
  ...encryptionCases,
  ...enhancedMonitoringCases,
  ...maxRecordSizeCases,
  ...resourcePolicyCases,
  ...resourceTagsCases,
  ...streamModeCases,
  ...accountRatesCases,
  ...channelsCases,
  ...wireCases,
  ...tagsCases,
];
