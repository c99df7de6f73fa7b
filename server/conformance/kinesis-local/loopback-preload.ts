/**
 * Loaded by Node before kinesis-local: every server listens on 127.0.0.1, since it has no option for that and would
 * listen on all interfaces; and the process ends with the one that started it.
 */
import { Server } from 'node:net';

const HOST = '127.0.0.1';
const listen = Server.prototype.listen;

Server.prototype.listen = function listenOnLoopback(this: Server, ...args: unknown[]): Server {
  const [first, ...rest] = args;
  const others = rest.filter((argument) => typeof argument === 'function');
  const forced =
    typeof first === 'object' && first !== null && 'port' in first
      ? [{ ...first, host: HOST }, ...others]
      : typeof first === 'number' || typeof first === 'string'
        ? [{ port: Number(first), host: HOST }, ...others]
        : args;
  return Reflect.apply(listen, this, forced);
} as typeof listen;

process.on('disconnect', () => process.exit(0));
