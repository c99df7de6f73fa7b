import type { RingWindow } from '#lib/domain/ring-map.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import { rectPath } from '#lib/strip/rect-path.ts';
import type { LineageBandView, LineageMap } from './lineage-map.ts';

/** What the picture shows, and how large it is in CSS pixels. Time runs down. */
export type LineageView = {
  readonly window: RingWindow;
  readonly fromMs: number;
  readonly toMs: number;
  readonly width: number;
  readonly height: number;
};

/** A band as it lies in the picture, CSS pixels. */
export type LineageBox = {
  readonly band: LineageBandView;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

type LineageLabel = { readonly x: number; readonly y: number; readonly text: string };

/** All that is drawn: few paths, however many bands there are. */
export type LineageDrawing = {
  readonly boxes: readonly LineageBox[];
  readonly open: string;
  readonly closed: string;
  readonly expired: string;
  /** Over bands of several shards. */
  readonly many: string;
  readonly splits: string;
  readonly merges: string;
  readonly labels: readonly LineageLabel[];
};

/** Between bands side by side, where they are wide enough to spare it. */
const GAP = 1;
const GAP_FROM_WIDTH = 4;
const LABEL = { width: 44, height: 16, down: 12 } as const;
/** "12 shards" takes more than an id. */
const MANY_LABEL_WIDTH = 76;
const LABELS_MAX = 120;
/** What lived for less than a pixel is still seen, and pointed at. */
const HEIGHT_MIN = 1.5;

export function drawLineage(map: LineageMap, view: LineageView): LineageDrawing {
  const boxes = map.bands.flatMap((band) => boxOf(band, map.window, view) ?? []);
  const pathOf = (of: (band: LineageBandView) => boolean) =>
    boxes
      .filter(({ band }) => of(band))
      .map(boxPath)
      .join('');
  const marksOf = (kind: 'split' | 'merge', glyph: (x: number, y: number) => string) =>
    map.marks
      .filter((mark) => mark.kind === kind)
      .map(({ at, atMs }) => ({ x: xOf(at, map.window, view), y: yOf(atMs, view) }))
      .filter(({ x, y }) => x >= 0 && x <= view.width && y >= 0 && y <= view.height)
      .map(({ x, y }) => glyph(x, y))
      .join('');
  return {
    boxes,
    open: pathOf(({ state }) => state === 'open'),
    closed: pathOf(({ state }) => state === 'closed'),
    expired: pathOf(({ state }) => state === 'expired'),
    many: pathOf(({ count }) => count > 1),
    splits: marksOf('split', splitGlyph),
    merges: marksOf('merge', mergeGlyph),
    labels: boxes.flatMap((box) => labelOf(box) ?? []).slice(0, LABELS_MAX),
  };
}

/** The band at a point of the picture, the youngest of several; null beside all. */
export function boxAt(drawing: LineageDrawing, x: number, y: number): LineageBox | null {
  return (
    drawing.boxes.findLast(
      (box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height,
    ) ?? null
  );
}

/** Where an instant lies, CSS pixels from the top. */
export function yOf(ms: number, { fromMs, toMs, height }: LineageView): number {
  return ((ms - fromMs) / (toMs - fromMs)) * height;
}

export function boxPath({ x, y, width, height }: LineageBox): string {
  const gap = width >= GAP_FROM_WIDTH ? GAP : 0;
  return rectPath(x + gap / 2, y, Math.max(0.5, width - gap), height);
}

function xOf(share: number, seen: RingWindow, { window, width }: LineageView): number {
  const onRing = seen.from + share * (seen.to - seen.from);
  return ((onRing - window.from) / (window.to - window.from)) * width;
}

function boxOf(band: LineageBandView, seen: RingWindow, view: LineageView): LineageBox | null {
  const left = Math.max(0, xOf(band.start, seen, view));
  const right = Math.min(view.width, xOf(band.end, seen, view));
  const top = band.createdAtMs === null ? 0 : yOf(band.createdAtMs, view);
  const bottom = band.endedAtMs === null ? view.height : yOf(band.endedAtMs, view);
  if (right <= left || top > view.height || bottom < 0) return null;
  const y = Math.min(Math.max(0, top), view.height - HEIGHT_MIN);
  const height = Math.max(HEIGHT_MIN, Math.min(view.height, bottom) - y);
  return { band, x: left, y, width: right - left, height };
}

function labelOf({ band, x, y, width, height }: LineageBox): LineageLabel | null {
  const text =
    band.shard === null ? `${band.count} shards` : shortShardId(band.shard.shard.shardId);
  const room = band.shard === null ? MANY_LABEL_WIDTH : LABEL.width;
  return width < room || height < LABEL.height
    ? null
    : { x: x + width / 2, y: y + LABEL.down, text };
}

/** One way that becomes two: a stroke from above that parts. */
function splitGlyph(x: number, y: number): string {
  return `M${x} ${y - 7}V${y}L${x - 5} ${y + 6}M${x} ${y}L${x + 5} ${y + 6}`;
}

/** Two ways that become one. */
function mergeGlyph(x: number, y: number): string {
  return `M${x - 5} ${y - 6}L${x} ${y}L${x + 5} ${y - 6}M${x} ${y}V${y + 7}`;
}
