/**
 * Patterns that are separated by commas. A comma between braces belongs to its pattern.
 * @example splitPatterns('orders-{eu,us}, payments') // ['orders-{eu,us}', 'payments']
 */
export function splitPatterns(text: string): readonly string[] {
  const patterns = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '{') depth += 1;
    if (character === '}') depth = Math.max(0, depth - 1);
    if (character === ',' && depth === 0) patterns.push('');
    else patterns.push(`${patterns.pop() ?? ''}${character}`);
  }
  return patterns.flatMap((pattern) => pattern.trim() || []);
}
