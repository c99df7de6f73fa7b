import { serveShardExport } from '#server/web/serve-shard-export.ts';

export { serveShardExport as GET };
