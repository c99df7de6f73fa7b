/**
 * An S3 of any size that holds nothing: forked, with MadeArchive as JSON in its first argument. Objects are made as they
 * are read, their keys as they are listed. Sends its endpoint once it listens, and ends with its parent.
 */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type MadeArchive, serveArchive } from './replay/serve-archive.ts';

process.on('disconnect', () => process.exit(0));
const server = createServer(serveArchive(JSON.parse(process.argv[2] ?? '{}') as MadeArchive));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
