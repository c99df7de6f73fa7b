import { serveQuarantine } from '#server/web/serve-replay-export.ts';

export { serveQuarantine as GET };
