import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { StreamMode } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { assertOnDemandQuota } from './create-stream.ts';
import { assertWarmThroughput, warmUp } from './warm-throughput.ts';

const DAY_MS = 86_400_000;

/** Switches of mode that AWS allows a stream in any 24 hours. Source: UpdateStreamMode. */
const MODE_UPDATES_PER_DAY_MAX = 2;

export type UpdateStreamModeInput = StreamRef & {
  readonly mode: StreamMode;
  readonly warmMiBps?: number | undefined;
};

/** Keeps the shards as they are. @throws KinesisError ResourceInUse, ResourceNotFound, LimitExceeded. */
export function updateStreamMode(
  account: Account,
  input: UpdateStreamModeInput,
  nowMs: number,
): void {
  const stream = account.activeStream(input, nowMs);
  const { warmMiBps } = input;
  if (warmMiBps !== undefined) {
    assertWarmThroughput(account, input.mode, warmMiBps, nowMs);
  }
  const recent = stream.modeUpdatesMs.filter((atMs) => atMs > nowMs - DAY_MS);
  if (stream.mode !== input.mode) {
    if (recent.length >= MODE_UPDATES_PER_DAY_MAX) {
      throw new KinesisError(
        'LimitExceededException',
        `The mode of stream ${stream.name} can be switched ${MODE_UPDATES_PER_DAY_MAX} times per rolling 24 hour period.`,
      );
    }
    if (input.mode === 'ON_DEMAND') {
      assertOnDemandQuota(account, nowMs);
    }
    stream.modeUpdatesMs = [...recent, nowMs];
  }
  account.update(stream, nowMs, (atMs) => {
    stream.mode = input.mode;
    if (input.mode === 'PROVISIONED') {
      stream.warmThroughput = null;
      // Not documented: a provisioned stream has no strategy, so it goes by keys again.
      stream.distribution = 'USER_PARTITION_KEY';
    } else if (warmMiBps !== undefined) {
      warmUp(stream, warmMiBps, atMs);
    }
  });
}
