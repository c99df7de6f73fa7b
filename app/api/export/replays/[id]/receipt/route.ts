import { serveReceipt } from '#server/web/serve-replay-export.ts';

export { serveReceipt as GET };
