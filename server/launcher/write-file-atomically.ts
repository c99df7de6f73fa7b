import { rename, writeFile } from 'node:fs/promises';

/** Writes a small file so that a crash leaves either the old text or the new one, never a half. */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.new`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}
