import { newSlice } from '#lib/domain/replay/job/slice-progress.ts';
import { type ListedObject, ManifestBuilder } from '#lib/domain/replay/plan/manifest.ts';
import { planHash } from '#lib/domain/replay/plan/plan-hash.ts';
import { SliceCutter } from '#lib/domain/replay/plan/slice-cutter.ts';
import type { PaceSettings, ReplaySettings } from '#lib/domain/replay/settings.ts';
import { DECODER_VERSION } from '#lib/domain/replay/transform/decoder-version.ts';
import type { Database } from '#server/db/client.ts';
import { notify } from '#server/db/notification.ts';
import { replayManifest, replayRun, replaySlice } from '#server/db/replay/schema.ts';

/** Writes a run that is running, as planning and starting would have left it. @returns its id */
export async function beginRun(
  { db }: Pick<Database, 'db'>,
  settings: ReplaySettings,
  pace: PaceSettings,
  objects: readonly ListedObject[],
  slices: number,
): Promise<number> {
  const builder = new ManifestBuilder(null, 0);
  const cutter = new SliceCutter();
  for (const object of objects) {
    builder.add(object);
    cutter.add(object.bytes);
  }
  const { chunk, totals } = builder.finish();
  const bounds = cutter.cut(slices);
  return db.transaction(async (tx) => {
    const [run] = await tx
      .insert(replayRun)
      .values({
        state: 'running',
        draft: { ...settings, pace, step: 'confirm' },
        settings,
        connection: settings.target.connection,
        targetName: settings.target.streamName,
        targetArn: settings.target.streamArn,
        pace,
        manifest: { ...totals, needRestore: [], listed: objects.length, slices: bounds },
        planHash: planHash(settings, totals.fingerprint),
        decoderVersion: DECODER_VERSION,
        createdBy: 'somebody',
        startedBy: 'somebody',
        startedAt: new Date(),
      })
      .returning({ id: replayRun.id });
    if (run === undefined || chunk === null) throw new Error('There is nothing to run.');
    const runId = run.id;
    await tx.insert(replayManifest).values({ runId, ...chunk });
    await tx
      .insert(replaySlice)
      .values(bounds.map((of, slice) => ({ runId, slice, progress: newSlice(of, 0) })));
    await notify(tx, { kind: 'replay', runId });
    return runId;
  });
}
