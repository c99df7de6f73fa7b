import { type Frame, unpackFloats } from '#lib/domain/frame.ts';
import type { FrameView } from './stream-detail.ts';

/** Several screens draw the one frame: each view is unpacked once, and forgotten with the view. */
const unpacked = new WeakMap<FrameView, Frame>();

/** The frame in a view. @throws when the base64 or its length is broken: a defect of the server. */
export function unpackFrame(view: FrameView): Frame {
  const known = unpacked.get(view);
  if (known !== undefined) return known;
  const frame: Frame = {
    periodStartMs: view.periodStartMs,
    periodSeconds: view.periodSeconds,
    topologyId: view.topologyId,
    collectedAtMs: view.collectedAtMs,
    stream: unpackFloats(bytesOfBase64(view.streamValues)),
    shards: unpackFloats(bytesOfBase64(view.shardValues)),
  };
  unpacked.set(view, frame);
  return frame;
}

function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
