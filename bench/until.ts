const READY_MS_MAX = 300_000;

/** Asks four times a second until the answer is there. */
export async function until<T>(ask: () => Promise<T>): Promise<NonNullable<T>> {
  const endMs = performance.now() + READY_MS_MAX;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > endMs) throw new Error('What is to be measured did not come about');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
