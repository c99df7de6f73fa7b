/** Edits (insert, delete, replace) that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/**
 * The one of `names` that `typed` was most likely meant to be, without regard to case, `-` and `_`.
 * @returns null where none is near: more than a third of its letters differ.
 * @example closestName('role_arn', ['region', 'roleArn']) // 'roleArn'
 */
export function closestName(typed: string, names: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_]/g, '');
  let closest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const distance = editDistance(plain(typed), plain(name));
    if (distance < least && distance <= Math.max(1, Math.floor(name.length / 3))) {
      closest = name;
      least = distance;
    }
  }
  return closest;
}
