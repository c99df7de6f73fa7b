import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { newSlice } from '#lib/domain/replay/job/slice-progress.ts';
import { ManifestBuilder, type ManifestChunk } from '#lib/domain/replay/plan/manifest.ts';
import { planHash } from '#lib/domain/replay/plan/plan-hash.ts';
import { SliceCutter } from '#lib/domain/replay/plan/slice-cutter.ts';
import type { PaceSettings, ReplaySettings } from '#lib/domain/replay/settings.ts';
import { DECODER_VERSION } from '#lib/domain/replay/transform/decoder-version.ts';
import type { Database } from '#server/db/client.ts';
import { notify } from '#server/db/notification.ts';
import { replayManifest, replayRun, replaySlice } from '#server/db/replay/schema.ts';

const NO_DRAFT_QUARANTINE = { share: 1, unitsMin: 1 } as const;

/**
 * Writes a run that is running, as planning and `begin` would leave it, so that a bench of the engine needs nothing
 * else. Where order is kept it is one slice, else of `slices`.
 */
export async function beginRun(
  { db }: Pick<Database, 'db'>,
  s3: S3Client,
  settings: ReplaySettings,
  pace: PaceSettings,
  slices: number,
): Promise<number> {
  const builder = new ManifestBuilder(settings.window, settings.source.paddingMs);
  const cutter = new SliceCutter();
  const chunks: ManifestChunk[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket: settings.source.bucket,
        Prefix: settings.source.prefix,
        ContinuationToken: token,
      }),
    );
    for (const { Key: key = '', ETag: etag = '', Size: bytes = 0 } of page.Contents ?? []) {
      // No bench of the engine goes by the times of objects.
      const listed = { versionId: null, storageClass: 'STANDARD', times: null };
      cutter.add(bytes);
      const chunk = builder.add({ key, etag: etag.replaceAll('"', ''), bytes, ...listed });
      if (chunk !== null) chunks.push(chunk);
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
  const { chunk, totals } = builder.finish();
  if (chunk !== null) chunks.push(chunk);
  const bounds = cutter.cut(settings.order === 'none' ? slices : 1);
  return db.transaction(async (tx) => {
    const [run] = await tx
      .insert(replayRun)
      .values({
        state: 'running',
        draft: { ...settings, quarantine: NO_DRAFT_QUARANTINE, pace, step: 'confirm' },
        settings,
        connection: settings.target.connection,
        targetName: settings.target.streamName,
        targetArn: settings.target.streamArn,
        pace,
        manifest: {
          ...totals,
          needRestore: [],
          listed: totals.objects,
          slices: bounds,
        },
        planHash: planHash(settings, totals.fingerprint),
        decoderVersion: DECODER_VERSION,
        createdBy: 'bench',
        startedBy: 'bench',
        startedAt: new Date(),
      })
      .returning({ id: replayRun.id });
    if (run === undefined) throw new Error('The store did not take the run.');
    const runId = run.id;
    for (const { first, entries } of chunks) {
      await tx.insert(replayManifest).values({ runId, first, entries });
    }
    await tx
      .insert(replaySlice)
      .values(bounds.map((of, slice) => ({ runId, slice, progress: newSlice(of, 0) })));
    await notify(tx, { kind: 'replay', runId });
    return runId;
  });
}
