const ANSWER_MS_MAX = 5_000;

/** Whether a health address answers 200. Rejects when nobody answers. */
export async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  // An unread body would hold its connection.
  await response.arrayBuffer();
  return response.ok;
}
