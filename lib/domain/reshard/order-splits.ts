import type { HashKey } from '#lib/domain/hash-key.ts';
import type { SidedBoundary } from './boundaries.ts';

/** A new boundary to add, and the old ones that may go as soon as it stands. */
type OrderedSplit = { readonly at: HashKey; readonly releases: readonly HashKey[] };

/**
 * In which order splits and merges need the fewest shards at a time, while each shard of each state lies within one
 * shard of the old partition or within one of the new, so that none ever carries more than it did or will.
 */
export type SplitOrder = {
  /** Old boundaries that may go before any split. */
  readonly free: readonly HashKey[];
  readonly splits: readonly OrderedSplit[];
};

/**
 * An old boundary may go once the shard that this makes lies within a new one. So within a new shard with the old
 * boundaries o1 .. ok, all between o1 and ok may go at any time, o1 once the left end of the new shard stands, ok once
 * the right end does; where k is 1, it waits for both. New boundaries that share such a single old one are a chain:
 *
 *   ends that release something:  both -> one shard fewer in the end, one -> as many, none -> one more
 *   walked from an end that releases, a chain never holds more than one shard too many at a time;
 *   from one that does not, two, if it is longer than one
 *
 * Chains that take shards away come first, then those that leave their number, then those that add and hold two at a
 * time, then the rest: then no order has a lower peak (a test tries all of them on small rings).
 *
 * @param sides of both partitions, ascending
 */
export function orderSplits(sides: readonly SidedBoundary[]): SplitOrder {
  const { free, nodes } = nodesOf(sides);
  const chains = chainsOf(nodes);
  return {
    free,
    // sort is stable: chains of one rank stay in the order of the ring.
    splits: chains.sort((a, b) => rankOf(a) - rankOf(b)).flatMap(walk),
  };
}

/** A new boundary with what it releases by itself, and the single old one that it shares with the next. */
type Node = {
  readonly at: HashKey;
  readonly alone: HashKey[];
  sharedWithNext: HashKey | null;
};

function nodesOf(sides: readonly SidedBoundary[]) {
  const free: HashKey[] = [];
  const nodes: Node[] = [];
  let left: Node | null = null;
  let olds: HashKey[] = [];
  const close = (right: Node | null) => {
    releaseCell(olds, left, right, free);
    left = right;
    olds = [];
  };
  for (const { at, side } of sides) {
    if (side === 'old') {
      olds.push(at);
    } else if (side === 'new') {
      const node: Node = { at, alone: [], sharedWithNext: null };
      nodes.push(node);
      close(node);
    } else {
      close(null);
    }
  }
  close(null);
  return { free, nodes };
}

/** @param left and `right`: ends of the cell that are yet to be added; null where the end stands already */
function releaseCell(
  olds: readonly HashKey[],
  left: Node | null,
  right: Node | null,
  free: HashKey[],
): void {
  const [first, last] = [olds[0], olds.at(-1)];
  if (first === undefined || last === undefined) return;
  if (olds.length === 1 && left !== null && right !== null) {
    left.sharedWithNext = first;
    return;
  }
  free.push(...olds.slice(1, -1));
  if (olds.length === 1) {
    (left?.alone ?? right?.alone ?? free).push(first);
    return;
  }
  (left?.alone ?? free).push(first);
  (right?.alone ?? free).push(last);
}

function chainsOf(nodes: readonly Node[]): Node[][] {
  const chains: Node[][] = [];
  let chain: Node[] = [];
  for (const node of nodes) {
    chain.push(node);
    if (node.sharedWithNext === null) {
      chains.push(chain);
      chain = [];
    }
  }
  return chains;
}

function releasedAlone(chain: readonly Node[]): number {
  return chain.reduce((sum, { alone }) => sum + alone.length, 0);
}

function rankOf(chain: readonly Node[]): number {
  const released = releasedAlone(chain);
  if (released > 0) return released > 1 ? 0 : 1;
  return chain.length > 1 ? 2 : 3;
}

function walk(chain: readonly Node[]): OrderedSplit[] {
  const fromLeft = (chain[0]?.alone.length ?? 0) > 0 || releasedAlone(chain) === 0;
  return chain.map((_, i) => {
    const place = fromLeft ? i : chain.length - 1 - i;
    const node = chain[place];
    if (node === undefined) throw new RangeError(`No boundary at ${place} of a chain`);
    const shared = i === 0 ? null : (chain[fromLeft ? place - 1 : place]?.sharedWithNext ?? null);
    return { at: node.at, releases: shared === null ? node.alone : [...node.alone, shared] };
  });
}
