import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { Logger } from '#server/log.ts';

const REFUSAL =
  'Kinetoscope has no sign-in yet, so it serves only the machine that it runs on. From elsewhere, forward its port: ssh -L 3000:127.0.0.1:3000 HOST\n';

/**
 * Ends each connection to this process that does not come over loopback, whatever address somebody made it
 * listen on: until sign-in exists, whoever connects is the operator. @returns what takes this back
 */
export function refuseRemoteClients(log: Logger): () => void {
  const check = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    if (isLoopback(socket.remoteAddress)) return;
    log.warn({ remoteAddress: socket.remoteAddress }, 'refused a connection from another machine');
    socket.end(
      `HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(REFUSAL)}\r\nconnection: close\r\n\r\n${REFUSAL}`,
      () => socket.destroy(),
    );
  };
  diagnostics.subscribe('net.server.socket', check);
  return () => {
    diagnostics.unsubscribe('net.server.socket', check);
  };
}

/** `address` as Node prints it; undefined where the peer is gone already, or on a pipe, which is local. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return true;
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}
