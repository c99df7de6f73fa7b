/** Makes `Date` headers; those of one second share their text. */
export function createDateHeader(): (epochMs: number) => string {
  let second = Number.NaN;
  let text = '';
  return (epochMs) => {
    const current = Math.floor(epochMs / 1_000);
    if (current !== second) {
      second = current;
      text = new Date(epochMs).toUTCString();
    }
    return text;
  };
}
