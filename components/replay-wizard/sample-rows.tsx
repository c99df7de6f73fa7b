'use client';

import { DataTable } from '#components/primitives/data-table.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatInstant } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type {
  PlaceView,
  ReadableBytes,
  SampledQuarantine,
  SampledRecord,
  SampleView,
  VerdictView,
} from '#lib/replay/view/archive-sample.ts';
import { KEY_SOURCE_WORDS } from '#lib/replay/wizard/sample-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './sample-rows.module.css';

/** Records as they would be sent, beside the bytes that they are made of. */
export function SampleRows(props: {
  readonly sample: SampleView;
  /** With what the filter makes of each. */
  readonly withVerdicts: boolean;
  readonly isOld: boolean;
}) {
  const { sample, withVerdicts, isOld } = props;
  const { rows, objects, atMs, totals } = sample;
  const nowMs = useServerNow();
  const faulty = objects.filter(({ isFaulty }) => isFaulty);
  return (
    <div className={classes.sample} data-old={isOld || undefined}>
      {sample.problem !== null && <p role="status">{sample.problem}</p>}
      {faulty.map(({ key, words }) => (
        <p key={key} role="status">
          <span className={classes.mono}>{key}</span>: {words}
        </p>
      ))}
      {rows.length > 0 && (
        <TableBox label="Records of the sample" heightMax={480}>
          <DataTable widthMin={withVerdicts ? 860 : 740} className={classes.table} fixed>
            <thead>
              <tr>
                {withVerdicts && (
                  <th scope="col" className={classes.verdictColumn}>
                    Filter
                  </th>
                )}
                <th scope="col" className={classes.keyColumn}>
                  Partition key
                </th>
                <th scope="col" className={classes.timeColumn}>
                  Arrival
                </th>
                <th scope="col">Record as sent</th>
                <th scope="col">Bytes in the object</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) =>
                row.kind === 'record' ? (
                  <RecordRow key={placeId(row.place)} row={row} withVerdict={withVerdicts} />
                ) : (
                  <QuarantineRow key={placeId(row.place)} row={row} withVerdict={withVerdicts} />
                ),
              )}
            </tbody>
          </DataTable>
        </TableBox>
      )}
      <Quiet>
        {countOf(rows.length, 'row')} of {formatCount(totals.records + totals.quarantined)} looked
        at, from the beginnings of {countOf(objects.length, 'object')} (
        {formatBytes(objects.reduce((sum, object) => sum + object.readBytes, 0))} read); S3,{' '}
        {formatAge(nowMs - atMs)} ago
      </Quiet>
    </div>
  );
}

function RecordRow(props: { readonly row: SampledRecord; readonly withVerdict: boolean }) {
  const { row, withVerdict } = props;
  const zone = useZone();
  return (
    <tr data-dropped={(withVerdict && row.verdict.kind !== 'kept') || undefined}>
      {withVerdict && (
        <td>
          <Verdict verdict={row.verdict} />
        </td>
      )}
      <td>
        <span className={classes.mono} title={`Hash key ${row.hashKey}`}>
          {row.partitionKey}
        </span>
        <span className={classes.second}>
          {KEY_SOURCE_WORDS[row.keySource]}
          {row.explicitHashKey !== null && ', with an explicit hash key'}
        </span>
      </td>
      <td>
        {row.arrivalMs === null ? (
          <Unknown reason="the format keeps no time" />
        ) : (
          formatInstant(row.arrivalMs, zone)
        )}
        <Origin row={row} />
      </td>
      <td>
        <Bytes bytes={row.payload} />
      </td>
      <td>
        <Bytes bytes={row.raw} />
        <Place place={row.place} />
      </td>
    </tr>
  );
}

function QuarantineRow(props: { readonly row: SampledQuarantine; readonly withVerdict: boolean }) {
  const { row, withVerdict } = props;
  return (
    <tr data-level="warning">
      <td colSpan={withVerdict ? 4 : 3}>
        <strong>{row.title}</strong>
        <span className={classes.second}>{row.words}</span>
      </td>
      <td>
        <Bytes bytes={row.raw} />
        <Place place={row.place} />
      </td>
    </tr>
  );
}

function Verdict({ verdict }: { readonly verdict: VerdictView }) {
  switch (verdict.kind) {
    case 'kept':
      return <span className={classes.kept}>sent</span>;
    case 'dropped':
      return (
        <>
          dropped<span className={classes.second}>{verdict.words}</span>
        </>
      );
    case 'failed':
      return (
        <>
          <span className={classes.failed}>quarantine</span>
          <span className={classes.second}>{verdict.words}</span>
        </>
      );
  }
}

function Origin({ row: { shardId, sequenceNumber } }: { readonly row: SampledRecord }) {
  if (sequenceNumber === null) return null;
  return (
    <span className={classes.second} title={`Sequence number ${sequenceNumber}`}>
      {shardId ?? 'shard not kept'}
    </span>
  );
}

function Bytes({ bytes: { kind, text, bytes, isCut } }: { readonly bytes: ReadableBytes }) {
  return (
    <>
      <code className={classes.bytes} data-kind={kind}>
        {text}
        {isCut && '…'}
      </code>
      <span className={classes.second}>{formatBytes(bytes)}</span>
    </>
  );
}

function Place({ place }: { readonly place: PlaceView }) {
  return (
    <span className={classes.second} title={place.objectKey}>
      bytes {formatCount(place.start)}–{formatCount(place.end)}
      {place.sub !== null && `, aggregate’s ${formatCount(place.sub + 1)}.`}
    </span>
  );
}

function placeId({ objectKey, ordinal }: PlaceView): string {
  return `${ordinal} ${objectKey}`;
}
