'use client';

import { Unknown } from '#components/primitives/unknown.tsx';
import { UseBar } from '#components/primitives/use-bar.tsx';
import { formatCallRate } from '#lib/costs/cost-words.ts';
import type { ApiQuota, ConnectionQuotas } from '#lib/costs/quotas-view.ts';
import { UPDATE_SHARD_COUNT_PER_DAY_MAX } from '#lib/domain/limits.ts';
import { EFO_CONSUMERS_MAX } from '#lib/domain/quotas/reshard-quota.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import classes from './costs-page.module.css';
import { ScrollBox } from './scroll-box.tsx';

/** Which quotas of the account, of its streams and of AWS's APIs are used. */
export function ConnectionQuota({ quotas }: { readonly quotas: ConnectionQuotas }) {
  return (
    <>
      <AccountQuota quotas={quotas} />
      <ApiUse apis={quotas.apis} />
    </>
  );
}

function AccountQuota({ quotas }: { readonly quotas: ConnectionQuotas }) {
  const { account, streams, streamCount } = quotas;
  const nowMs = useServerNow();
  const why = account.failure?.message ?? 'DescribeLimits has not answered yet';
  return (
    <div className={classes.block}>
      <h3 className={classes.blockTitle}>Quotas of the account in {quotas.region}</h3>
      <p className={classes.quiet}>
        {account.readAtMs === null
          ? why
          : `DescribeLimits, read ${formatAge(nowMs - account.readAtMs)} ago${account.failure === null ? '' : `; the last try failed: ${account.failure.message}`}`}
      </p>
      <dl className={classes.quotas}>
        <Quota
          name="Open shards, all streams"
          used={account.openShardCount}
          limit={account.shardLimit}
          unknown={why}
        />
        <Quota
          name="On-demand streams"
          used={account.onDemandStreamCount}
          limit={account.onDemandStreamLimit}
          unknown={why}
        />
      </dl>
      {streams.length === 0 ? (
        <p className={classes.quiet}>
          None of {countOf(streamCount, 'stream')} has a fan-out consumer, or has had its shards
          changed in the last 24 h as far as was seen.
        </p>
      ) : (
        <ScrollBox>
          <table className={classes.table}>
            <caption className={classes.caption}>
              Quotas of streams, where one is used. UpdateShardCount: 10 calls in any 24 h; each
              change of open shards that was seen counts as one, though splits and merges do not use
              it, and calls made while no collector ran are not known.
            </caption>
            <thead>
              <tr>
                <th scope="col">Stream</th>
                <th scope="col" data-number>
                  Fan-out consumers
                </th>
                <th scope="col" data-number data-wide>
                  Changes of shards seen, 24 h
                </th>
                <th scope="col" data-number>
                  UpdateShardCount left, at least
                </th>
              </tr>
            </thead>
            <tbody>
              {streams.map(({ streamId, streamName, consumerCount, reshard }) => (
                <tr key={streamId}>
                  <th scope="row">{streamName}</th>
                  <td data-number>
                    {formatCount(consumerCount)} of {EFO_CONSUMERS_MAX}
                  </td>
                  <td data-number data-wide>
                    {formatCount(reshard.seen)}
                  </td>
                  <td data-number>
                    {formatCount(reshard.leftAtLeast)} of {UPDATE_SHARD_COUNT_PER_DAY_MAX}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </div>
  );
}

function Quota(props: {
  readonly name: string;
  readonly used: number | null;
  readonly limit: number | null;
  readonly unknown: string;
}) {
  const { name, used, limit, unknown } = props;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {used === null || limit === null ? (
          <Unknown reason={unknown} />
        ) : (
          <>
            {formatCount(used)} of {formatCount(limit)}{' '}
            <span className={classes.quiet}>{formatUse(used / Math.max(1, limit))}</span>
          </>
        )}
      </dd>
    </div>
  );
}

function ApiUse({ apis }: { readonly apis: readonly ApiQuota[] }) {
  return (
    <div className={classes.block}>
      <h3 className={classes.blockTitle}>API budgets</h3>
      {apis.length === 0 ? (
        <p className={classes.quiet}>No call of the collector has been counted yet.</p>
      ) : (
        <ScrollBox>
          <table className={classes.table}>
            <caption className={classes.caption}>
              Calls of the collector by API, as it counted them; what people ask for on demand is
              not among them
            </caption>
            <thead>
              <tr>
                <th scope="col">API</th>
                <th scope="col" data-number data-wide>
                  AWS allows
                </th>
                <th scope="col" data-number data-wide>
                  We allow ourselves
                </th>
                <th scope="col" data-number>
                  Used, last minute
                </th>
                <th scope="col">Of our budget</th>
                <th scope="col" data-number data-wide>
                  Calls, 24 h
                </th>
              </tr>
            </thead>
            <tbody>
              {apis.map((api) => (
                <ApiLine key={api.api} api={api} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </div>
  );
}

function ApiLine({ api }: { readonly api: ApiQuota }) {
  const ours = api.ourCallsPerSecondMax;
  const perSecond = api.callsLastMinute / 60;
  return (
    <tr>
      <th scope="row" className="k-mono">
        <ApiName api={api.api} />
      </th>
      <td data-number data-wide>
        {formatCount(api.callsPerSecondMax)} calls/s
      </td>
      <td data-number data-wide>
        {ours === null ? (
          <Unknown reason="the connection is not in this process's configuration" />
        ) : (
          `${formatCallRate(ours)} calls/s`
        )}
      </td>
      <td data-number>{formatCallRate(perSecond)} calls/s</td>
      <td>
        {ours === null ? (
          <Unknown reason="the connection is not in this process's configuration" />
        ) : (
          <>
            <UseBar use={perSecond / ours} /> {formatUse(perSecond / ours)}
          </>
        )}
      </td>
      <td data-number data-wide>
        {formatCount(api.callsLastDay)}
      </td>
    </tr>
  );
}

/** @param api as IAM writes it, which a narrow screen may break after its service only */
function ApiName({ api }: { readonly api: string }) {
  const [service = '', action = ''] = api.split(':');
  return (
    <>
      {service}:<wbr />
      {action}
    </>
  );
}
