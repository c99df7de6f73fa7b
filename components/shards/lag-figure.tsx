import { Unknown } from '#components/primitives/unknown.tsx';
import { formatLag } from '#lib/format/age.ts';
import { type Figure, isKnown } from '#lib/format/quantity.ts';

/** How far readers are behind. */
export function LagFigure(props: { readonly lagMs: Figure; readonly unknown: string }) {
  if (!isKnown(props.lagMs)) return <Unknown reason={props.unknown} />;
  return <span>{formatLag(props.lagMs)}</span>;
}
