'use client';

import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { ShardMetricsSetting } from '#components/shard-metrics/shard-metrics-setting.tsx';
import { DeleteStreamDialog } from '#components/stream-admin/delete-stream-dialog.tsx';
import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import { monthlyPrice } from '#lib/domain/stream-price.ts';
import { TAGS_MAX } from '#lib/domain/stream-rules.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import {
  encryptionWords,
  PRICE_BASIS,
  priceWords,
  recordSizeWords,
  retentionWords,
} from '#lib/stream-admin/setting-words.ts';
import type { StreamSettingsView } from '#lib/stream-admin/stream-settings-view.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { ModeSetting, WarmThroughputSetting } from './capacity-settings.tsx';
import { EncryptionForm } from './encryption-form.tsx';
import { RecordSizeForm } from './record-size-form.tsx';
import { RetentionForm } from './retention-form.tsx';
import { Setting } from './setting.tsx';
import classes from './settings-list.module.css';
import { TagsForm } from './tags-form.tsx';
import { statusLock } from './use-settings-lock.ts';

/** All settings of a stream, each with its own form, and the way to delete it. */
export function SettingsList(props: {
  readonly row: StreamRow;
  readonly view: StreamSettingsView;
  /** Why nothing may be changed on this connection; null: it may. */
  readonly readOnly: string | null;
}) {
  const { row, view } = props;
  const { settings, tags, consumers } = view;
  const zone = useZone();
  const [deleting, setDeleting] = useState(false);
  const locked = props.readOnly ?? statusLock(settings.status);
  const price = monthlyPrice({ ...settings, shardCount: settings.openShardCount });
  const given = { row, settings };
  return (
    <div className={classes.list}>
      <Setting
        title="Retention"
        value={retentionWords(settings.retentionHours)}
        hint="How long a record can be read after it came. Consumers that fall behind further lose records."
        locked={locked}
        form={(onClose) => <RetentionForm {...given} onClose={onClose} />}
      />
      <ModeSetting {...given} locked={locked} />
      <Setting
        title="Encryption at rest"
        value={encryptionWords(settings.keyId)}
        hint="By a key of AWS KMS, on the side of Kinesis."
        locked={locked}
        form={(onClose) => <EncryptionForm {...given} onClose={onClose} />}
      />
      <Setting
        title="Maximum record size"
        value={recordSizeWords(settings.maxRecordKiB)}
        hint="Data and partition key of one record."
        locked={locked}
        form={(onClose) => <RecordSizeForm {...given} onClose={onClose} />}
      />
      <Setting
        title="Tags"
        value={
          tags.failure !== null ? (
            <FailureNotice
              title="Tags cannot be read"
              {...tags.failure}
              streamArn={settings.streamArn}
            />
          ) : Object.keys(tags.value).length === 0 ? (
            'None'
          ) : (
            <ul className={classes.tags}>
              {Object.entries(tags.value).map(([key, value]) => (
                <li key={key} className={classes.tag}>
                  {value === '' ? key : `${key} = ${value}`}
                </li>
              ))}
            </ul>
          )
        }
        hint={`Up to ${TAGS_MAX}, for costs, policies and finding.`}
        locked={tags.failure === null ? locked : 'What is set cannot be read.'}
        {...(tags.failure === null && {
          form: (onClose: () => void) => (
            <TagsForm {...given} tags={tags.value} onClose={onClose} />
          ),
        })}
      />
      <Setting
        title="Consumers (fan-out)"
        value={
          consumers.failure !== null && settings.status === 'DELETING' ? (
            'Not told by AWS while the stream is being deleted'
          ) : consumers.failure !== null ? (
            <FailureNotice
              title="Consumers cannot be read"
              {...consumers.failure}
              streamArn={settings.streamArn}
            />
          ) : consumers.value.length === 0 ? (
            'None registered'
          ) : (
            <ul>
              {consumers.value.map((consumer) => (
                <li key={consumer.consumerArn}>
                  {consumer.consumerName}{' '}
                  <CopyText short="ARN" whole={consumer.consumerArn} what="the consumer's ARN" />{' '}
                  <Quiet as="span">
                    {consumer.status}, since {formatInstant(consumer.createdAtMs, zone)}
                  </Quiet>
                </li>
              ))}
            </ul>
          )
        }
        hint="Registered for enhanced fan-out: 2 MiB/s of each shard for each of them. Those who poll by GetRecords are not registered."
        locked={null}
      />
      {settings.mode === 'ON_DEMAND' && <WarmThroughputSetting {...given} locked={locked} />}
      <ShardMetricsSetting row={row} />
      <Setting title="Price" value={priceWords(price)} hint={PRICE_BASIS} locked={null} />
      <section className={classes.danger} aria-label="Delete the stream">
        <div>
          <h3 className={classes.dangerTitle}>Delete this stream</h3>
          <Quiet>Takes all its records with it, for good.</Quiet>
        </div>
        <Button
          className={classes.delete}
          disabled={props.readOnly !== null || settings.status === 'DELETING'}
          title={props.readOnly ?? undefined}
          onClick={() => setDeleting(true)}
        >
          Delete…
        </Button>
      </section>
      <DeleteStreamDialog
        row={row}
        settings={settings}
        consumers={consumers.value}
        opened={deleting}
        onClose={() => setDeleting(false)}
      />
    </div>
  );
}
