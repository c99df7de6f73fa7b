import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const HEADER_END = '\r\n\r\n';

/**
 * A keep-alive connection that sends requests which were put together beforehand, one at a time. Not
 * the SDK and not node:http, both of which would cost the load generator more than the server spends.
 */
export class RawConnection {
  readonly #socket: Socket;
  #received: Buffer[] = [];
  #size = 0;
  #expected = Number.POSITIVE_INFINITY;
  #bodyStart = 0;
  #settle: { resolve: (body: Buffer) => void; reject: (error: Error) => void } | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#settle?.reject(error));
    socket.on('close', () => this.#settle?.reject(new Error('The server closed the connection')));
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** Sends a request of `buildRequest` and gives back the body of a 200 answer. */
  send(request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#settle = null;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#size += chunk.length;
    if (this.#expected === Number.POSITIVE_INFINITY) {
      this.#readHead();
    }
    if (this.#size < this.#expected) {
      return;
    }
    const answer = Buffer.concat(this.#received, this.#size);
    const body = answer.subarray(this.#bodyStart);
    const settle = this.#settle;
    this.#received = [];
    this.#size = 0;
    this.#expected = Number.POSITIVE_INFINITY;
    this.#settle = null;
    if (answer.toString('latin1', 9, 12) === '200') {
      settle?.resolve(body);
    } else {
      settle?.reject(new Error(answer.toString('latin1', 0, 500)));
    }
  }

  #readHead(): void {
    const head = Buffer.concat(this.#received, this.#size);
    const end = head.indexOf(HEADER_END);
    if (end < 0) {
      return;
    }
    const length = /content-length: (\d+)/i.exec(head.toString('latin1', 0, end))?.[1];
    this.#bodyStart = end + HEADER_END.length;
    this.#expected = this.#bodyStart + Number(length ?? 0);
  }
}

/** The bytes of a whole request for a Kinesis operation. */
export function buildRequest(operation: string, input: object): Buffer {
  const body = JSON.stringify(input);
  return Buffer.from(
    [
      'POST / HTTP/1.1',
      'host: 127.0.0.1',
      'content-type: application/x-amz-json-1.1',
      `x-amz-target: Kinesis_20131202.${operation}`,
      'authorization: AWS4-HMAC-SHA256 Credential=bench',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
    'latin1',
  );
}
