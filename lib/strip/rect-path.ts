/** A rectangle as a closed subpath, in the units of its drawing, rounded to hundredths. */
export function rectPath(x: number, y: number, width: number, height: number): string {
  return `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`;
}

/** Hundredths of a pixel are finer than any screen shows, and keep a path of 1,000 frames near 20 kB. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
