import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** What a connection of HTTP/2 begins with, as far as it takes to tell it from POST and PUT. */
const HTTP2_PREFACE = Buffer.from('PRI', 'latin1');

/** As much as a client may send before it is read on: a PutRecords fits into one window. */
const WINDOW_BYTES = 16 * 1_024 * 1_024;

/** Of all streams of one connection, MB; the default of 10 is one PutRecords. */
const SESSION_MEMORY_MB = 512;

/**
 * HTTP/1.1 and HTTP/2 without TLS on one port: the first bytes of a connection say which it is. From then
 * on a connection is served as by a server for its protocol alone.
 */
export class DualServer extends Server {
  /** Connections that have not said yet what they are. */
  readonly #undecided = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();

  constructor(listener: RequestListener) {
    super(listener);
    const http2 = createHttp2Server(
      { settings: { initialWindowSize: WINDOW_BYTES }, maxSessionMemory: SESSION_MEMORY_MB },
      (request, response) =>
        // node:http2's compatibility API is made for listeners of node:http, though its types do not say so.
        listener(
          request as unknown as IncomingMessage,
          response as unknown as ServerResponse<IncomingMessage> & { req: IncomingMessage },
        ),
    );
    http2.on('session', (session) => {
      this.#sessions.add(session);
      session.setLocalWindowSize(WINDOW_BYTES);
      session.once('close', () => this.#sessions.delete(session));
    });
    // A session's failure is its client's: it reconnects. Without a listener it would end the process.
    http2.on('sessionError', () => {});

    const serveHttp1 = this.listeners('connection');
    this.removeAllListeners('connection');
    this.on('connection', (socket: Socket) => {
      this.#undecided.add(socket);
      readFirst(socket, (first) => {
        this.#undecided.delete(socket);
        if (first === null) {
          return;
        }
        socket.pause();
        socket.unshift(first);
        if (isHttp2(first)) {
          // HTTP/1.1 may close its half and still read; a connection of HTTP/2 ends as a whole.
          socket.allowHalfOpen = false;
          http2.emit('connection', socket);
        } else {
          for (const serve of serveHttp1) {
            serve.call(this, socket);
          }
          socket.resume();
        }
      });
    });
  }

  override closeAllConnections(): void {
    super.closeAllConnections();
    for (const session of this.#sessions) {
      session.destroy();
    }
    for (const socket of this.#undecided) {
      socket.destroy();
    }
  }
}

/** Calls back once with enough bytes to tell the protocol, or with null where the connection ended before. */
function readFirst(socket: Socket, done: (first: Buffer | null) => void): void {
  let read: Buffer = Buffer.alloc(0);
  const onData = (chunk: Buffer) => {
    read = read.length === 0 ? chunk : Buffer.concat([read, chunk]);
    const isOpen =
      read.length < HTTP2_PREFACE.length && HTTP2_PREFACE.subarray(0, read.length).equals(read);
    if (!isOpen) {
      finish(read);
    }
  };
  const onEnd = () => {
    socket.destroy();
    finish(null);
  };
  const finish = (first: Buffer | null) => {
    socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onEnd);
    done(first);
  };
  socket.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onEnd);
}

function isHttp2(first: Buffer): boolean {
  return first.subarray(0, HTTP2_PREFACE.length).equals(HTTP2_PREFACE);
}
