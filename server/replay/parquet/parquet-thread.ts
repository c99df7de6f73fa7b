import { parentPort } from 'node:worker_threads';
import { OpenParquet } from './open-parquet.ts';
import { ParquetFault } from './parquet-fault.ts';
import type { ParquetAnswer, ParquetRequest } from './thread-messages.ts';

/**
 * Decodes Parquet in a thread of its own, which can be killed: what is damaged may make the library loop, or take as much
 * memory as a number in the file says.
 */
if (parentPort === null) throw new Error('This is the thread that decodes Parquet.');
const port = parentPort;
let file: OpenParquet | null = null;

port.on('message', (request: ParquetRequest) => {
  void answer(request).then((said) => {
    port.postMessage(said, said.kind === 'rows' ? [said.bytes.buffer] : []);
  });
});

async function answer(request: ParquetRequest): Promise<ParquetAnswer> {
  try {
    if (request.kind === 'open') {
      file = await OpenParquet.open(request.descriptor, request.bytes);
      return { kind: 'opened', groups: file.groups };
    }
    if (file === null) throw new Error('No file is open.');
    return await file.read(request);
  } catch (error) {
    return { kind: 'refused', reason: reasonOf(error) };
  }
}

/** Whatever the library throws, and be it for want of stack, is the file's fault. */
function reasonOf(error: unknown): ParquetFault['reason'] {
  if (error instanceof ParquetFault) return error.reason;
  return error instanceof Error && error.message.startsWith('parquet unsupported')
    ? 'container-unsupported'
    : 'container-corrupt';
}
